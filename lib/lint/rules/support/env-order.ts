import { referencesIn } from '../../../model/environment/expand.ts';
import type { Variable } from '../../../model/environment/variable.ts';
import type { Model } from '../../../model/model.ts';
import type { Container, Workload } from '../../../model/workload.ts';
import { upToLast } from '../../../text/linear-time.ts';
import { listAt, textAt, valueAt } from '../../../yaml/value.ts';

/** An entry of `env`, as far as order matters. */
export interface OrderedEntry {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * Names in an order in which each stands after all that it refers to, and otherwise as before.
 *
 * @returns undefined where there is no such order, or a name is there twice
 */
export function orderOf(entries: readonly OrderedEntry[]): string[] | undefined {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  if (byName.size < entries.length) {
    return undefined;
  }
  const done = new Set<string>();
  const open = new Map<string, OrderedEntry[]>();
  for (const entry of entries) {
    // Each with what it refers to on top of it; a long chain would exhaust the stack of a recursion.
    const stack = [entry];
    for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
      const needed = open.get(current.name) ?? neededBy(current, byName);
      open.set(current.name, needed);
      const next = needed.pop();
      if (next === undefined || done.has(current.name)) {
        done.add(current.name);
        stack.pop();
      } else if (!done.has(next.name)) {
        if (open.has(next.name)) {
          return undefined;
        }
        stack.push(next);
      }
    }
  }
  return [...done];
}

/** What an entry refers to, the first last. */
const neededBy = ({ value }: OrderedEntry, byName: ReadonlyMap<string, OrderedEntry>): OrderedEntry[] =>
  referencesIn(value ?? '')
    .flatMap((reference) => byName.get(reference) ?? [])
    .reverse();

/** Names in `${NAME}` or `${NAME:-default}`, which the kubelet does not read at all. */
export const bracedReferences = (text: string): string[] =>
  [...upToLast(text, '}').matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::[-=+?][^}]*)?\}/g)].map(([, name = '']) => name);

/** Longer than the name of any Service with what is put behind it. */
const maximumLength = 128;

/** Variables that the kubelet makes of the namespace's Services, which a value may refer to without declaring them. */
export const isServiceLink = (name: string): boolean =>
  name.length <= maximumLength &&
  /^[A-Z][A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/.test(
    name,
  );

/** Where the variable that another one refers to is declared, seen from that one. */
export type Declaration =
  | 'before'
  | 'after'
  | 'itself'
  | 'never'
  /** Something that was not read may declare it. */
  | 'perhaps';

/** Judges a `$(NAME)` that the model did not replace. */
export function declarationOf(
  model: Model,
  workload: Workload,
  container: Container,
  user: Variable,
  name: string,
): Declaration {
  const at = user.path.at(-1);
  const first = firstDeclarations(container).get(name);
  const isLink = isServiceLink(name) && textAt(workload.podTemplate, 'spec', 'enableServiceLinks') !== 'false';
  // Its value may be unknown here; the kubelet knows it.
  if ((first !== undefined && first < Number(at)) || isLink || name.startsWith('KUBERNETES_')) {
    return 'before';
  }
  if (isForShell(user.name, name)) {
    return 'before';
  }
  if (name === user.name) {
    return 'itself';
  }
  if (first !== undefined) {
    return 'after';
  }
  return hasUnreadSource(model, workload, container) ? 'perhaps' : 'never';
}

const known = new WeakMap<Container, ReadonlyMap<string, number>>();

/** Where in the list `env` each variable stands first. */
function firstDeclarations(container: Container): ReadonlyMap<string, number> {
  const found = known.get(container) ?? findDeclarations(container);
  known.set(container, found);
  return found;
}

function findDeclarations({ value }: Container): Map<string, number> {
  const found = new Map<string, number>();
  for (const [index, entry] of listAt(value, 'env').entries()) {
    const name = textAt(entry, 'name');
    if (name !== undefined && !found.has(name)) {
      found.set(name, index);
    }
  }
  return found;
}

/** `$(date)` in a script is a command, and the shell's business. */
const isForShell = (user: string, name: string): boolean =>
  !user.startsWith('OTEL_') && !/^[A-Z_][A-Z0-9_]*$/.test(name);

const hasUnreadSource = (model: Model, workload: Workload, container: Container): boolean =>
  listAt(container.value, 'envFrom').some((source) => {
    const kind = valueAt(source, 'configMapRef') === undefined ? 'Secret' : 'ConfigMap';
    const name = textAt(source, kind === 'Secret' ? 'secretRef' : 'configMapRef', 'name') ?? '';
    return model.lookup(kind, name, workload.namespace) === undefined;
  });
