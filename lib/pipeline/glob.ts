import { type GoPattern, goPattern } from './go-pattern.ts';

/** A glob for names of attributes, such as `k8s.*`; one that is not understood matches nothing. */
export class Glob {
  constructor(readonly text: string) {}

  test(name: string): boolean {
    const pattern = compiled.has(this) ? compiled.get(this) : goPattern(expression(this.text));
    compiled.set(this, pattern);
    return pattern?.test(name) === true;
  }
}

const compiled = new WeakMap<Glob, GoPattern | undefined>();

const expression = (glob: string): string =>
  `^(?:${glob.replaceAll(part, (text) => globParts.get(text) ?? `\\${text}`)})$`;

/** What stands for something else in a glob or in a pattern. */
const part = /\*\*|[*?{},]|[.+^$()|[\]\\]/g;

/** `*` is anything but a dot, `**` anything. */
const globParts: ReadonlyMap<string, string> = new Map([
  ['**', '.*'],
  ['*', '[^.]*'],
  ['?', '[^.]'],
  ['{', '(?:'],
  [',', '|'],
  ['}', ')'],
]);
