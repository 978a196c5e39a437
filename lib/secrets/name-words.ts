/** Nobody names a thing longer; what is cut off is at the front, as names say at their end what they are. */
const longestName = 120;

const passwords = ['password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pass', 'pswd', 'pw', 'psk'];
const secrets = ['secret', 'credential', 'cred', 'creds'];

/** What a word calls a secret; `key` alone is many things. */
export type Noun = 'password' | 'token' | 'secret' | 'key';

const nouns: ReadonlyMap<string, Noun> = new Map([
  ...passwords.map((word) => [word, 'password'] as const),
  ...secrets.map((word) => [word, 'secret'] as const),
  ['token', 'token'],
  ['key', 'key'],
]);

export const nounOf = (word: string): Noun | undefined => nouns.get(word);

/** What `key`, and short words that are the end of others, are glued to: `APIKEY`, `DBPASS`. */
const gluedTo =
  /^(?:api|app|auth|access|account|admin|bind|client|crypto|data|db|deploy|encryption|ftp|http|ingest|ingestion|jwt|keystore|ldap|license|login|mail|master|mongo|mongodb|mq|mssql|my|mysql|pg|postgres|postgresql|private|proxy|public|rabbit|rabbitmq|redis|require|root|secret|service|session|shared|signing|smtp|sql|ssh|storage|store|sub|truststore|user|vault)$/;

const longEnd = /^([a-z]{2,})(password|passwd|passphrase|token|secret|credential)$/;
const shortEnd = /^([a-z]{2,})(key|pass|pwd|pw|auth)$/;

/**
 * The words of a name, in lower case, singular and without the numbers: `DB_PASSWORDS_2` is `db password`, `PGPASSWORD`
 * is `pg password`, `userAPIKey` is `user api key`.
 */
export const nameWords = (name: string): string[] =>
  name
    .slice(-longestName)
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z0-9])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map(singular)
    .filter((word) => word !== '')
    .flatMap(unglued);

const singular = (word: string): string =>
  word.replace(/\d+$/, '').replace(/^([a-z]*(?:password|token|secret|credential|key))s$/, '$1');

function unglued(word: string): string[] {
  const [, front, end] = longEnd.exec(word) ?? [];
  if (front !== undefined && end !== undefined) {
    return [...unglued(front), end];
  }
  const [, before, noun] = shortEnd.exec(word) ?? [];
  if (before !== undefined && noun !== undefined) {
    const parts = unglued(before);
    return gluedTo.test(parts.at(-1) ?? '') ? [...parts, noun] : [word];
  }
  return [word];
}
