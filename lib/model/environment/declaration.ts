import { upToLast } from '../../text/linear-time.ts';
import { listAt, textAt } from '../../yaml/value.ts';
import type { Model } from '../model.ts';
import type { Container, Workload } from '../workload.ts';
import { envFromData } from './container-environment.ts';
import type { Variable } from './variable.ts';

/** Names in `${NAME}` or `${NAME:-default}`, which the kubelet does not read at all. */
export const bracedReferences = (text: string): readonly string[] =>
  !text.includes('${')
    ? []
    : [...upToLast(text, '}').matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)(?::[-=+?][^}]*)?\}/g)].map(
        ([, name = '']) => name,
      );

/** Set by the container runtime or by most images, and for that taken for something that can be referred to. */
const ofTheShell = ['HOSTNAME', 'HOME', 'PATH', 'USER', 'PWD'];

/** Whether a `${NAME}` certainly stays as it is; that of another name may be replaced before kubectl reads the file. */
export const staysBraced = (names: readonly string[], environment: ReadonlyMap<string, unknown>): boolean =>
  names.some((name) => environment.has(name) || ofTheShell.includes(name));

/** Longer than the name of any Service with what is put behind it. */
const maximumLength = 128;

/** Variables that the kubelet makes of the namespace's Services, which a value may refer to without declaring them. */
export const isServiceLink = (name: string): boolean =>
  name.length <= maximumLength &&
  /^[A-Z][A-Z0-9_]*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/.test(
    name,
  );

/** Whether the kubelet makes such variables for the pods of a template. */
export const hasServiceLinks = (podTemplate: unknown): boolean =>
  textAt(podTemplate, 'spec', 'enableServiceLinks') !== 'false';

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
  const isLink = isServiceLink(name) && hasServiceLinks(workload.podTemplate);
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
  listAt(container.value, 'envFrom').some(
    (source) => envFromData(source, workload.namespace, model.lookup).data === undefined,
  );
