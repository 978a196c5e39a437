import { withJavaProperties } from '../model/environment/java-properties.ts';
import type { Variable } from '../model/environment/variable.ts';
import { type Mapping, textAt } from '../yaml/value.ts';
import type { CurrentEnvironment } from './environment.ts';
import { type CodedReason, reason } from './reason.ts';

/** The variables for which a JVM has properties `-Dotel.…`, by their names, as the process will see them. */
export function javaProperties(container: Mapping, { variables }: CurrentEnvironment): ReadonlyMap<string, Variable> {
  const name = textAt(container, 'name') ?? '';
  const environment = new Map(
    [...variables.values()].map(({ name: variable, value }): [string, Variable] => [
      variable,
      { name: variable, value, written: value, origin: { kind: 'literal' }, path: [], unexpanded: [] },
    ]),
  );
  const all = withJavaProperties(environment, { name, value: container, path: [] });
  return new Map([...all].filter(([, { origin }]) => origin.kind === 'property'));
}

/** Properties that decide where spans go, and whose they are. */
const decisive: ReadonlySet<string> = new Set([
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  'OTEL_RESOURCE_ATTRIBUTES',
]);

/**
 * Properties that take the place of what `env` has, and stay: no command line is changed.
 *
 * @param env the entries as they will be
 */
export const outrankedBy = (
  properties: ReadonlyMap<string, Variable>,
  env: readonly unknown[],
): readonly CodedReason[] =>
  [...properties.values()].flatMap(({ name, value, origin }) => {
    const own = textAt(
      env.findLast((entry) => textAt(entry, 'name') === name),
      'value',
    );
    return origin.kind !== 'property' || !decisive.has(name) || own === value
      ? []
      : [reason('java-property', `${origin.property}=${value ?? ''} outranks ${name}, and stays: take it out`)];
  });
