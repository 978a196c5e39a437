import { upToLast } from '../../text/linear-time.ts';

/** The result of the kubelet's expansion of one value. */
export interface Expansion {
  /** Undefined where it is too long. */
  readonly value: string | undefined;
  /** Names in `$(NAME)` that stay as they are, because no variable of that name was declared before. */
  readonly unexpanded: readonly string[];
}

const none: readonly string[] = [];

/** Linux starts no process with a longer variable. @see https://man7.org/linux/man-pages/man2/execve.2.html */
const maximumLength = 128 * 1024;

/**
 * Characters that the variables of all containers may have gained by expansion: a variable that refers twice to the one
 * before it is twice as long.
 */
export class ExpansionBudget {
  private left = 64 * 1024 * 1024;

  /** Whether so many were left. */
  take(characters: number): boolean {
    this.left -= characters;
    return this.left >= 0;
  }
}

/**
 * Expands `$(NAME)` and `$$` as the kubelet does: what is not declared stays as it is. So does here what is declared and
 * has a value that was not read.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function expand(
  text: string,
  declared: (name: string) => { readonly value: string | undefined } | undefined,
  budget = new ExpansionBudget(),
): Expansion {
  if (!text.includes('$')) {
    return { value: text, unexpanded: none };
  }
  const unexpanded: string[] = [];
  let isTooLong = false;
  let gained = 0;
  const head = upToLast(text, ')');
  const value = head.replace(/\$\$|\$\(([^)]*)\)/g, (match, name: string | undefined) => {
    if (name === undefined) {
      return '$';
    }
    const variable = declared(name);
    if (variable === undefined) {
      unexpanded.push(name);
    }
    const expanded = variable?.value;
    if (isTooLong || expanded === undefined) {
      return match;
    }
    gained += expanded.length;
    isTooLong = gained > maximumLength || !budget.take(expanded.length);
    return expanded;
  });
  const tail = text.slice(head.length).replaceAll('$$', () => '$');
  return { value: isTooLong ? undefined : value + tail, unexpanded };
}

/** Names in `$(NAME)` that the kubelet looks up; `$$(NAME)` is text. */
export const referencesIn = (text: string): readonly string[] =>
  !text.includes('$(')
    ? none
    : [...upToLast(text, ')').matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) => name ?? []);

/** Names in `$$(NAME)`, of which the kubelet makes the text `$(NAME)`. */
export const escapedReferences = (text: string): readonly string[] =>
  !text.includes('$$(')
    ? none
    : [...upToLast(text, ')').matchAll(/\$\$(?:\(([^)]*)\))?|\$\([^)]*\)/g)].flatMap(([, name]) => name ?? []);
