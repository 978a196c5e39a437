import { type DataLookup, envFromData } from '../model/environment/container-environment.ts';
import { isServiceLink } from '../model/environment/declaration.ts';
import { ExpansionBudget, expand, referencesIn } from '../model/environment/expand.ts';
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
  const expanded = expandedVariables(variables, shared);
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

/**
 * Literals alone are expanded, each once and after all that it refers to. In a circle of references, what is not
 * expanded yet is what `envFrom` declares.
 */
function expandedVariables(
  all: ReadonlyMap<string, CurrentVariable>,
  shared: ReadonlyMap<string, CurrentVariable>,
): Map<string, CurrentVariable> {
  const done = new Map<string, CurrentVariable>();
  const budget = new ExpansionBudget();
  for (const variable of inOrderOfReference(all)) {
    const { name, value = '' } = variable;
    done.set(
      name,
      isExpanded(variable)
        ? { ...variable, value: expand(value, (other) => done.get(other) ?? shared.get(other), budget).value }
        : variable,
    );
  }
  return new Map([...all].map(([name, variable]) => [name, done.get(name) ?? variable]));
}

/** Each after all that it refers to, as far as there is such an order; a long chain would exhaust a recursion's stack. */
function inOrderOfReference(all: ReadonlyMap<string, CurrentVariable>): Iterable<CurrentVariable> {
  const ordered = new Set<CurrentVariable>();
  const open = new Map<CurrentVariable, CurrentVariable[]>();
  for (const first of all.values()) {
    const stack = [first];
    for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
      const needed = open.get(current) ?? neededBy(current, all);
      open.set(current, needed);
      const next = needed.pop();
      if (next === undefined || ordered.has(current)) {
        ordered.add(current);
        stack.pop();
      } else if (!open.has(next)) {
        stack.push(next);
      }
    }
  }
  return ordered;
}

/** What a variable refers to, the first last. */
const neededBy = (variable: CurrentVariable, all: ReadonlyMap<string, CurrentVariable>): CurrentVariable[] =>
  isExpanded(variable)
    ? referencesIn(variable.value ?? '')
        .flatMap((name) => all.get(name) ?? [])
        .reverse()
    : [];

const isExpanded = ({ entry, value }: CurrentVariable): boolean =>
  entry !== undefined && entry.valueFrom === undefined && value?.includes('$') === true;

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
