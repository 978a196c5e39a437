import { ownValue } from '../../own-value.ts';
import { listAt, mappingAt, pathBelow, textAt, valueAt } from '../../yaml/value.ts';
import type { Container, Workload } from '../workload.ts';
import { type SourcedEnvEntry, writtenEntries } from './env-entry.ts';
import { type ExpansionBudget, expand } from './expand.ts';
import type { KeyedData } from './keyed-data.ts';
import type { Variable, VariableOrigin } from './variable.ts';

/** Finds the data of a ConfigMap or a Secret; undefined where it was not read. */
export type DataLookup = (kind: 'ConfigMap' | 'Secret', name: string, namespace: string) => KeyedData | undefined;

/**
 * The environment of a container, in the order in which the kubelet makes it: `envFrom` first, then `env`, where a
 * later variable replaces an earlier one of the same name and may refer to all before it.
 *
 * @param entries of its `env`, with those that something adds before the pod starts
 * @default entries - as they are written
 */
export function containerEnvironment(
  workload: Workload,
  container: Container,
  lookup: DataLookup,
  budget?: ExpansionBudget,
  entries: readonly SourcedEnvEntry[] = writtenEntries(container),
): ReadonlyMap<string, Variable> {
  const environment = new Map<string, Variable>();
  listAt(container.value, 'envFrom').forEach((source, index) => {
    for (const variable of variablesFrom(source, workload.namespace, lookup)) {
      environment.set(variable.name, {
        ...variable,
        path: pathBelow(container.path, 'envFrom', index),
        unexpanded: [],
      });
    }
  });
  for (const each of entries) {
    const name = textAt(each.entry, 'name');
    if (name !== undefined) {
      const variable = resolved(name, each, workload, lookup, environment, budget);
      if (!(isLeftOut(variable, workload.namespace, lookup) && environment.has(name))) {
        environment.set(name, variable);
      }
    }
  }
  return environment;
}

/** An optional reference to a key that is not there declares nothing, and leaves what was declared before. */
function isLeftOut({ origin }: Variable, namespace: string, lookup: DataLookup): boolean {
  if ((origin.kind !== 'configMap' && origin.kind !== 'secret') || !origin.optional) {
    return false;
  }
  const data = lookup(origin.kind === 'secret' ? 'Secret' : 'ConfigMap', origin.name, namespace);
  return data !== undefined && data.value(origin.key) === undefined;
}

type Bare = Omit<Variable, 'path' | 'unexpanded'>;

/** What an entry of `envFrom` reads. */
export function envFromData(source: unknown, namespace: string, lookup: DataLookup) {
  const kind = valueAt(source, 'configMapRef') === undefined ? 'Secret' : 'ConfigMap';
  const reference = mappingAt(source, kind === 'Secret' ? 'secretRef' : 'configMapRef');
  const name = textAt(reference, 'name') ?? '';
  return { kind, name, reference, data: lookup(kind, name, namespace) } as const;
}

function variablesFrom(source: unknown, namespace: string, lookup: DataLookup): Bare[] {
  const prefix = textAt(source, 'prefix') ?? '';
  const { kind, name, reference, data } = envFromData(source, namespace, lookup);
  const optional = textAt(reference, 'optional') === 'true';
  return (data?.keys ?? []).map((key) => ({
    name: `${prefix}${key}`,
    value: data?.value(key),
    written: data?.value(key),
    origin: { kind: kind === 'Secret' ? 'secret' : 'configMap', name, key, optional },
  }));
}

/** Thousands of variables have the same. */
const none: readonly string[] = [];
const literal: VariableOrigin = { kind: 'literal' };
const nothing: VariableOrigin = { kind: 'nothing' };

function resolved(
  name: string,
  { entry, path, source }: SourcedEnvEntry,
  workload: Workload,
  lookup: DataLookup,
  environment: ReadonlyMap<string, Variable>,
  budget: ExpansionBudget | undefined,
): Variable {
  const { namespace } = workload;
  const written = textAt(entry, 'value');
  const from = mappingAt(entry, 'valueFrom');
  if (Object.keys(from).length === 0) {
    const { value, unexpanded } = expand(written ?? '', (other) => environment.get(other), budget);
    const own = written === undefined ? nothing : literal;
    const origin: VariableOrigin = source === undefined ? own : { kind: 'operator', ...source };
    return { name, path, value, written, origin, unexpanded };
  }
  const plain = (origin: VariableOrigin, value: string | undefined): Variable => {
    return { name, path, value, written, origin, unexpanded: none };
  };
  const field = textAt(from, 'fieldRef', 'fieldPath');
  if (field !== undefined) {
    return plain({ kind: 'field', field }, fieldValue(workload, field));
  }
  for (const [property, kind] of referenceKinds) {
    const object = textAt(from, property, 'name');
    const key = textAt(from, property, 'key');
    if (object !== undefined && key !== undefined) {
      const optional = textAt(from, property, 'optional') === 'true';
      const origin = { kind: kind === 'Secret' ? 'secret' : 'configMap', name: object, key, optional } as const;
      const data = lookup(kind, object, namespace);
      // A Secret is often made by hand: that it was not read proves nothing.
      const unread = kind === 'Secret' && data === undefined ? `<secret ${object}/${key}>` : undefined;
      return plain(origin, unread ?? data?.value(key));
    }
  }
  return plain({ kind: 'resource' }, undefined);
}

const referenceKinds = [
  ['configMapKeyRef', 'ConfigMap'],
  ['secretKeyRef', 'Secret'],
] as const;

/** A label or an annotation that the pod template has; only the cluster knows the others, which something may add. */
function fieldValue({ labels, annotations }: Workload, field: string): string {
  const [, kind, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(field) ?? [];
  const found = kind === undefined ? undefined : ownValue(kind === 'labels' ? labels : annotations, key);
  return found ?? `<${field}>`;
}
