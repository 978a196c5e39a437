import type { Place } from '../../problems/problem.ts';
import type { Variable } from '../environment/variable.ts';
import type { Reason } from './hop.ts';
import type { SpanPath } from './span-path.ts';

/** Which object a variable's value comes from, for people. */
export function sourceOf({ container }: Pick<SpanPath, 'container'>, { name, origin }: Variable): string {
  const keyed = (kind: string, object: string, key: string) =>
    `${kind} ${object}${key === name ? '' : `, key ${key},`}`;
  switch (origin.kind) {
    case 'configMap':
      return keyed('ConfigMap', origin.name, origin.key);
    case 'secret':
      return keyed('Secret', origin.name, origin.key);
    case 'field':
      return `the downward API (${origin.field})`;
    case 'operator':
      return origin.manifest.title;
    case 'property':
      return origin.carrier === undefined
        ? `the command line of container ${container.name} (${origin.property})`
        : `${origin.carrier.name} (${origin.property})`;
    case 'resource':
      return "the container's resources";
    default:
      return `container ${container.name}`;
  }
}

/** The line with the value: the key of the ConfigMap, or the variable. */
export const placeOf =
  (spanPath: SpanPath, { origin, path }: Variable) =>
  (): Place => {
    const { model, workload } = spanPath;
    if (origin.kind === 'property' && origin.carrier !== undefined) {
      return placeOf(spanPath, origin.carrier)();
    }
    if (origin.kind === 'operator') {
      return origin.manifest.place(origin.path);
    }
    const data = origin.kind === 'configMap' ? model.lookup('ConfigMap', origin.name, workload.namespace) : undefined;
    return origin.kind === 'configMap' && data !== undefined
      ? data.manifest.place(['data', origin.key])
      : workload.manifest.place(origin.kind === 'literal' ? [...path, 'value'] : path);
  };

/**
 * The reason that names the object that sets a variable, and the line.
 *
 * @param what the value as it is worth saying; undefined: the name alone
 */
export const configuredBy = (spanPath: SpanPath, variable: Variable, what?: string): Reason => ({
  message: `${sourceOf(spanPath, variable)} sets ${variable.name}${what === undefined ? '' : `: ${what}`}`,
  place: placeOf(spanPath, variable),
});
