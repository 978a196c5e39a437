import { referencesIn } from '../../model/environment/expand.ts';
import { listAt, type Mapping, type Path, textAt, valueAt } from '../../yaml/value.ts';
import { applyPlan, type EnvEntry, type EnvPlan, entriesOf, isEmptyPlan } from '../env-entry.ts';
import type { TemplatePlan } from '../instrument-template.ts';

/** An object whose pod template is patched. */
export interface PatchTarget {
  readonly object: Mapping;
  readonly path: Path;
  readonly plan: TemplatePlan;
}

/** An entry of a patch; a name alone puts the entry of the base there, and null takes a value away. */
export interface PatchEntry {
  readonly name: string;
  readonly value?: string | null;
  readonly valueFrom?: { readonly [key: string]: unknown } | null;
}

/**
 * A strategic merge patch. Kustomize puts all entries that a patch names in front, in the order of the patch, and so
 * it names every variable that one of them refers to, before it. Containers are all named, because the patched one
 * would become the first.
 *
 * @see https://github.com/kubernetes-sigs/kustomize/issues/2907
 */
export function strategicPatch({ object, path, plan }: PatchTarget): Mapping {
  const namespace = textAt(object, 'metadata', 'namespace');
  const containers = listAt(object, ...path, 'spec', 'containers').map((container, index) => {
    const own = plan.containers.find((candidate) => candidate.index === index);
    const env = own === undefined || isEmptyPlan(own.plan) ? undefined : patchEntries(container, own.plan);
    return { name: textAt(container, 'name'), ...(env === undefined ? {} : { env }) };
  });
  const template = { spec: { containers } };
  return {
    apiVersion: object['apiVersion'],
    kind: object['kind'],
    metadata: { name: textAt(object, 'metadata', 'name'), ...(namespace === undefined ? {} : { namespace }) },
    ...nested(path, template),
  };
}

function nested(path: Path, value: Mapping): Mapping {
  const [step, ...rest] = path;
  return step === undefined ? value : { [step]: nested(rest, value) };
}

/** The entries that a patch of a container names, in the order in which the kubelet expands them. */
export function patchEntries(container: unknown, plan: EnvPlan): PatchEntry[] {
  const base = entriesOf(container).filter((entry) => entry !== undefined);
  const result = applyPlan(entriesOf(container), plan).filter((entry) => entry !== undefined);
  const changed = new Map(
    [...plan.inserted, ...plan.replaced.map(({ entry }) => entry)].map((entry) => [entry.name, entry]),
  );
  const named = new Set<string>();
  const add = (name: string) => {
    const entry = changed.get(name) ?? result.find((candidate) => candidate.name === name);
    if (entry !== undefined && !named.has(name)) {
      named.add(name);
      for (const reference of referencesIn(entry.value ?? '')) {
        add(reference);
      }
    }
  };
  for (const name of [
    ...changed.keys(),
    ...plan.moved.flatMap(({ index }) => entriesOf(container)[index]?.name ?? []),
  ]) {
    add(name);
  }
  // Of a name that is there twice the last entry is the one that counts.
  const last = new Map(result.map((entry, index) => [entry.name, index]));
  return result
    .filter((entry, index) => named.has(entry.name) && last.get(entry.name) === index)
    .map(({ name }) =>
      patchEntry(
        name,
        changed.get(name),
        base.findLast((entry) => entry.name === name),
      ),
    );
}

/** What the base has beside the new value would be merged with it. */
function patchEntry(name: string, entry: EnvEntry | undefined, base: EnvEntry | undefined): PatchEntry {
  if (entry === undefined) {
    return { name };
  }
  if (entry.valueFrom === undefined) {
    return { name, value: entry.value ?? '', ...(base?.valueFrom === undefined ? {} : { valueFrom: null }) };
  }
  const others = Object.keys(base?.valueFrom ?? {}).filter((key) => valueAt(entry.valueFrom, key) === undefined);
  return {
    name,
    ...(base?.value === undefined ? {} : { value: null }),
    valueFrom: { ...entry.valueFrom, ...Object.fromEntries(others.map((key) => [key, null])) },
  };
}
