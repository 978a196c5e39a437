import { secretFormat } from '../../secrets/literal-secret.ts';

const maximumLength = 60;

/** A value as a message shows it: short, on one line, and never a secret. */
export function quoted(value: string): string {
  if (secretFormat(value) !== undefined) {
    return '"***"';
  }
  const short = value.length > maximumLength ? `${value.slice(0, maximumLength)}…` : value;
  return JSON.stringify(short);
}

/** `a`, `a or b`, `a, b or c`. */
export const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
