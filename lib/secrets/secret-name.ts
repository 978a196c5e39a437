const words = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const secretWords = [
  'password',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'token',
  'secret',
  'apikey',
  'credential',
  'credentials',
];

/** `key` alone names many things; after one of these it names a secret. */
const keyQualifiers = [
  'api',
  'private',
  'secret',
  'access',
  'signing',
  'encryption',
  'license',
  'auth',
  'master',
  'session',
];

/** A limit on tokens, not a token. */
const counts = ['max', 'min', 'num', 'count', 'limit', 'total'];

/** Whether a variable of this name holds a secret, judged by how the name ends: `DB_PASSWORD`, `apiKey`. */
export function isSecretName(name: string): boolean {
  const all = words(name);
  const last = all.at(-1) ?? '';
  if (all.some((word) => counts.includes(word))) {
    return false;
  }
  return secretWords.includes(last) || (last === 'key' && keyQualifiers.includes(all.at(-2) ?? ''));
}

/** Whether a name has to do with keys at all: `CACHE_KEY`, `AUTH_ID`. */
export const isKeyName = (name: string): boolean =>
  words(name).some((word) => secretWords.includes(word) || word === 'key' || word === 'auth');
