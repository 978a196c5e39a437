import { groupBy } from '../../../group-by.ts';
import type { Variable } from '../../../model/environment/variable.ts';
import type { Manifest } from '../../../model/manifest.ts';
import type { Model } from '../../../model/model.ts';
import type { Workload } from '../../../model/workload.ts';
import type { Place } from '../../../problems/problem.ts';
import { joinNames } from '../../../text/list.ts';
import type { Path } from '../../../yaml/value.ts';

/** Where the text stands that a variable's value is, so that changing it there changes it for all who read it. */
export interface ValueSource {
  readonly manifest: Manifest;
  /** Looked up only when it is asked for. */
  readonly place: () => Place;
  /** Equal for all variables whose value stands in the same place. */
  readonly id: string;
}

export function valueSource(model: Model, workload: Workload, { origin, path }: Variable): ValueSource {
  if (origin.kind === 'property' && origin.carrier !== undefined) {
    return valueSource(model, workload, origin.carrier);
  }
  if (origin.kind === 'configMap') {
    const data = model.lookup('ConfigMap', origin.name, workload.namespace);
    if (data !== undefined) {
      return source(data.manifest, ['data', origin.key]);
    }
  }
  if (origin.kind === 'operator') {
    return source(origin.manifest, origin.path);
  }
  return source(workload.manifest, origin.kind === 'literal' ? [...path, 'value'] : path);
}

const source = (manifest: Manifest, path: Path): ValueSource => ({
  manifest,
  place: () => manifest.place(path),
  id: [manifest.document.file, manifest.kind, manifest.namespace, manifest.name, ...path].join('\n'),
});

/** A variable of a container, with the workload whose pods have it. */
export interface Use {
  readonly workload: Workload;
  readonly variable: Variable;
}

/** The uses of one value. */
export interface SharedValue<T extends Use> {
  readonly source: ValueSource;
  readonly uses: readonly [T, ...T[]];
}

/** Groups variables by where their value stands: a mistake in a shared one is one mistake. */
export const byValue = <T extends Use>(model: Model, uses: readonly T[]): SharedValue<T>[] =>
  grouped(model, uses, ({ source }) => source.id);

/** Groups variables by the reason why they are not known, which is reported once. */
export const byReason = <T extends Use>(
  model: Model,
  uses: readonly T[],
  reasonOf: (use: T) => string | undefined,
): SharedValue<T>[] => grouped(model, uses, ({ use, source }) => reasonOf(use) ?? source.id);

function grouped<T extends Use>(
  model: Model,
  uses: readonly T[],
  keyOf: (found: { readonly use: T; readonly source: ValueSource }) => string,
): SharedValue<T>[] {
  const found = uses.map((use) => ({ use, source: valueSource(model, use.workload, use.variable) }));
  return [...groupBy(found, keyOf).values()].map((group) => {
    const [{ use, source }, ...others] = group;
    return { source, uses: [use, ...others.map((other) => other.use)] };
  });
}

/** The text to change: as written in the container, or as it stands in the ConfigMap. */
export const writtenText = ({ written, value }: Variable): string => written ?? value ?? '';

/** Whose variable it is, for messages. */
export const usersOf = (uses: readonly Pick<Use, 'workload'>[]): string =>
  joinNames(uses.map(({ workload }) => workload.title));

/** The form of a verb for them: `refers` of one, `refer` of several. */
export const agree = (uses: readonly Pick<Use, 'workload'>[], one: string, several: string): string =>
  new Set(uses.map(({ workload }) => workload.title)).size === 1 ? one : several;
