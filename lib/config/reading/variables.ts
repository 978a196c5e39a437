import { ownValue } from '../../own-value.ts';
import type { Problem } from '../../problems/problem.ts';
import { nameMeaning } from '../../secrets/secret-name.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { sh } from '../../text/shell.ts';
import { asProblem } from '../finding.ts';
import { pathname } from '../shape/pathname.ts';
import { Located } from './located.ts';
import type { Node, TextNode } from './node.ts';
import type { Source } from './source.ts';

/** Values of variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** `${NAME}`, behind any number of further `$`. */
const reference = /(\$*)\$\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}/g;

/**
 * Replaces `${NAME}` in the values of a document by the variables that it declares under `variables`; `$${NAME}` stays, with
 * one `$` less. A document that declares none stays as it is.
 *
 * @returns what keeps a reference from being replaced
 */
export function replaceVariables(source: Source, contents: Node, environment: Variables): readonly Problem[] {
  const root = Located.root(source, contents);
  const declarations = root.get('variables');
  if (declarations.kind === 'absent') {
    return [];
  }
  const problems: Problem[] = [];
  const values = new Map<string, string | undefined>();
  for (const declaration of declarations.items()) {
    const named = declaration.kind === 'mapping' ? declaration.get('name') : declaration;
    const name = named.written() ?? '';
    const given = ownValue(environment, name);
    const fallback = declaration.get('default');
    values.set(name, given ?? (fallback.kind === 'absent' ? undefined : (fallback.written() ?? '')));
    if (nameMeaning(name) !== undefined) {
      const message = `the name of the variable ${name} says that it is a secret, and what replaces it would stand in the output`;
      const suggestion = 'remove it; services read secrets by secret.keys and their secretKeys';
      problems.push(asProblem('no-secret-variable', { place: named.place, message, suggestion }));
    }
  }
  const replacement = new Replacement(values, problems);
  for (const [key, value] of root.entries()) {
    if (key !== 'variables') {
      replacement.visit(value);
    }
  }
  return problems;
}

class Replacement {
  private readonly seen = new Set<Node>();

  constructor(
    private readonly values: ReadonlyMap<string, string | undefined>,
    private readonly problems: Problem[],
  ) {}

  visit(value: Located): void {
    for (const item of value.items()) {
      this.visit(item);
    }
    for (const [, entry] of value.entries()) {
      this.visit(entry);
    }
    const { scalar } = value;
    // What an alias stands for is one value.
    if (scalar !== undefined && !this.seen.has(scalar)) {
      this.seen.add(scalar);
      this.replace(scalar, value);
    }
  }

  private replace(scalar: TextNode, value: Located): void {
    const before = scalar.text;
    const after = before.replace(reference, (whole: string, dollars: string, name: string, rest: string) =>
      dollars === '' ? (this.valueOf(whole, name, rest, value) ?? whole) : whole.slice(1),
    );
    if (after !== before) {
      scalar.text = after;
      // Without quotes an empty text would be nothing.
      scalar.isPlain &&= after !== '';
    }
  }

  private valueOf(whole: string, name: string, rest: string, value: Located): string | undefined {
    const found = this.values.get(name);
    const at = `${pathname(value.path)} holds ${whole}`;
    if (!this.values.has(name)) {
      const meant = didYouMean(name, [...this.values.keys()]);
      const instead = meant === undefined ? `write: ${name} under variables` : `write: \${${meant}}`;
      this.report(
        value,
        `${at}, and variables does not declare ${name}`,
        `${instead}, or $${whole} where the text is meant`,
      );
    } else if (rest !== '') {
      const declared = `{ name: ${name}, default: … } under variables`;
      this.report(value, `${at}, and a reference to a variable is a name alone`, `write: \${${name}}, and ${declared}`);
    } else if (found === undefined) {
      const declared = `write: { name: ${name}, default: … } under variables`;
      this.report(
        value,
        `${at}, and the environment has no variable ${name}`,
        `run: ${sh`export ${name}=\u2026`}, or ${declared}`,
      );
    } else {
      return found;
    }
    return undefined;
  }

  private report(value: Located, message: string, suggestion: string): void {
    this.problems.push(asProblem('unknown-variable', { place: value.place, message, suggestion }));
  }
}
