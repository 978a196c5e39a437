import { literalSecret } from '../../secrets/literal-secret.ts';

const maximumLength = 60;

const hidden = '"***"';

/**
 * A value as a message shows it: short, on one line, and never a secret.
 *
 * @param name name of the variable or key that holds it
 */
export function quoted(value: string, name = ''): string {
  if (literalSecret(name, value) !== undefined) {
    return hidden;
  }
  const short = value.length > maximumLength ? `${value.slice(0, maximumLength)}…` : value;
  return JSON.stringify(short);
}

/** Names that a list of them shows. */
const maximumNames = 20;

/** `a`, `a or b`, `a, b or c`; of many the first, and how many there are beside them. */
export function oneOf(names: readonly string[]): string {
  const others = names.length - maximumNames;
  const shown = others > 0 ? [...names.slice(0, maximumNames), `${others} others`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
