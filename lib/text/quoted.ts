import { holdsSecret } from '../secrets/find-secrets.ts';

const maximumLength = 60;

const hidden = '"***"';

/**
 * A value as a message shows it: short, on one line, and never a secret.
 *
 * @param name name of the variable or key that holds it
 */
export function quoted(value: string, name = ''): string {
  if (holdsSecret(value, name)) {
    return hidden;
  }
  const short = value.length > maximumLength ? `${value.slice(0, maximumLength)}…` : value;
  return JSON.stringify(short).replaceAll(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
