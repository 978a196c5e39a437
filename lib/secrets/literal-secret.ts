import { holdsRandomToken, isIdentifier } from './random-token.ts';
import { isReference, secretFormat } from './secret-format.ts';
import { isKeyName, isSecretName } from './secret-name.ts';

/** Words that switch something, and paths to where a secret is kept. */
const harmless = /^(|true|false|yes|no|on|off|none|null|~|disabled|enabled|(\/[^/\s]+){2,}|[a-z]+:\/\/\S+)$/i;

/**
 * What a value is when it is a secret that stands where everybody can read it, in words that do not tell it.
 *
 * @param name name of the variable or key that holds it; empty when it has none
 */
export function literalSecret(name: string, value: string): string | undefined {
  const format = secretFormat(value);
  if (format !== undefined) {
    return format;
  }
  if (isSecretName(name) && !harmless.test(value) && !isReference(value)) {
    return 'what its name says is a secret';
  }
  if (isKeyName(name) && isIdentifier(value)) {
    return 'a key';
  }
  return holdsRandomToken(value) ? 'a random token' : undefined;
}
