import { type DataLookup, envFromData } from '../model/environment/container-environment.ts';
import { isServiceLink } from '../model/environment/declaration.ts';
import { expand, referencesIn } from '../model/environment/expand.ts';
import { listAt, type Mapping, mappingAt, textAt } from '../yaml/value.ts';
import { type EnvEntry, entriesOf, fieldPathOf } from './env-entry.ts';

/** A variable of a container that is about to be instrumented. */
export interface CurrentVariable {
  readonly name: string;
  /** Index of the entry that the process sees; undefined where it comes from `envFrom`. */
  readonly index: number | undefined;
  /** Undefined where it comes from `envFrom`. */
  readonly entry: EnvEntry | undefined;
  /**
   * What the process sees, once every variable that it refers to stands before it; a field of the pod is
   * `<status.podIP>`. Undefined where the value stands in something that was not read.
   */
  readonly value: string | undefined;
}

/** The environment of a container as far as its manifest and the ConfigMaps that were read show it. */
export interface CurrentEnvironment {
  readonly entries: readonly (EnvEntry | undefined)[];
  readonly variables: ReadonlyMap<string, CurrentVariable>;
  /** What `envFrom` declares, also where an entry of `env` takes its place. */
  readonly shared: ReadonlyMap<string, CurrentVariable>;
  /** ConfigMaps and Secrets of `envFrom` that were not read, so that they may hold any variable. */
  readonly unread: readonly string[];
  /** Whether the kubelet adds variables for each Service of the namespace. */
  readonly hasServiceLinks: boolean;
  /** Names that are declared by more than one entry of `env`. */
  readonly duplicates: readonly string[];
}

/** Where a container stands, as far as its environment depends on it. */
export interface EnvironmentProps {
  readonly namespace: string;
  /** Finds the ConfigMaps and Secrets that `envFrom` and references name. */
  readonly lookup: DataLookup;
  /** Whether the kubelet adds variables for each Service of the namespace. */
  readonly hasServiceLinks: boolean;
}

/** Reads the environment of a container; the last entry of a name is the one that counts. */
export function currentEnvironment(
  container: Mapping,
  { namespace, lookup, hasServiceLinks }: EnvironmentProps,
): CurrentEnvironment {
  const variables = new Map<string, CurrentVariable>();
  const unread: string[] = [];
  for (const source of listAt(container, 'envFrom')) {
    const { kind, name, data } = envFromData(source, namespace, lookup);
    if (data === undefined) {
      unread.push(`${kind} ${name}`);
    }
    for (const key of data?.keys ?? []) {
      const variable = `${textAt(source, 'prefix') ?? ''}${key}`;
      variables.set(variable, { name: variable, index: undefined, entry: undefined, value: data?.value(key) });
    }
  }
  const shared = new Map(variables);
  const entries = entriesOf(container);
  const duplicates: string[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry !== undefined) {
      if (variables.get(entry.name)?.index !== undefined) {
        duplicates.push(entry.name);
      }
      variables.set(entry.name, { name: entry.name, index, entry, value: plainValue(entry, namespace, lookup) });
    }
  }
  const expanded = new Map(
    [...variables].map(([name, variable]) => [name, expandedVariable(variable, variables, shared)]),
  );
  return { entries, variables: expanded, shared, unread, hasServiceLinks, duplicates: [...new Set(duplicates)] };
}

function plainValue(entry: EnvEntry, namespace: string, lookup: DataLookup): string | undefined {
  const { value, valueFrom } = entry;
  if (valueFrom === undefined || value) {
    return value ?? '';
  }
  const field = fieldPathOf(entry);
  if (field !== undefined) {
    return `<${field}>`;
  }
  const reference = mappingAt(valueFrom, 'configMapKeyRef');
  const data = lookup('ConfigMap', textAt(reference, 'name') ?? '', namespace);
  return data?.value(textAt(reference, 'key') ?? '');
}

/** Literals alone are expanded, each by at most as many steps as there are variables. */
function expandedVariable(
  variable: CurrentVariable,
  all: ReadonlyMap<string, CurrentVariable>,
  shared: ReadonlyMap<string, CurrentVariable>,
  around: ReadonlySet<string> = new Set(),
): CurrentVariable {
  const { name, entry, value } = variable;
  if (entry === undefined || entry.valueFrom !== undefined || value === undefined || !value.includes('$')) {
    return variable;
  }
  const within = new Set([...around, name]);
  const expansion = expand(value, (reference) => {
    const found = within.has(reference) ? shared.get(reference) : all.get(reference);
    return found === undefined ? undefined : expandedVariable(found, all, shared, within);
  });
  return { ...variable, value: expansion.value };
}

/** What an entry refers to that does not stand before it, and where that stands. */
export interface LateReference {
  readonly name: string;
  /** Undefined where nothing declares it. */
  readonly index: number | undefined;
}

/** References in a value that the kubelet leaves as they are, because nothing before the index declares them. */
export function lateReferences(
  value: string,
  index: number,
  { entries, shared, unread, hasServiceLinks }: CurrentEnvironment,
): LateReference[] {
  return [...new Set(referencesIn(value))].flatMap((name): LateReference[] => {
    const isBefore = entries.slice(0, index).some((entry) => entry?.name === name);
    if (isBefore || shared.has(name)) {
      return [];
    }
    const later = entries.findIndex((entry, at) => at > index && entry?.name === name);
    if (later >= 0) {
      return [{ name, index: later }];
    }
    return unread.length > 0 || (hasServiceLinks && isServiceLink(name)) || name.startsWith('KUBERNETES_')
      ? []
      : [{ name, index: undefined }];
  });
}

/** A value as the process sees it, once every variable stands before it; as written where that is too long. */
export function expandIn({ variables }: CurrentEnvironment, value: string): string {
  return expand(value, (name) => variables.get(name)).value ?? value;
}
