import { goPattern } from './go-pattern.ts';

/** A glob for names of attributes, such as `k8s.*`; one that is not understood matches nothing. */
export class Glob {
  private readonly expression: string;

  constructor(readonly text: string) {
    this.expression = expression(text);
  }

  test(name: string): boolean {
    return goPattern(this.expression)?.test(name) === true;
  }
}

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
