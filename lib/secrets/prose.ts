const wordSet = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** What is reported of a setting in one word, and the fields of a variable that has its value from elsewhere. */
const states = wordSet(
  'missing unset unknown undefined absent present empty blank invalid malformed expired revoked rejected denied forbidden',
  'unauthorized unauthenticated unreadable unresolved unavailable unsupported deprecated found loaded ignored skipped failed',
  'valueFrom secretKeyRef configMapKeyRef fieldRef secretRef',
);

/** With these a line goes on that says what is wrong with a setting: `not set`, `from a Secret`. */
const statements = wordSet('not is are was were has have had cannot does did must should from');

/** With these a sentence or a command goes on, behind a name that stands within it. */
const beginnings = wordSet(
  'a an the this that these those it its they there no none nothing nobody neither some any every each all both one',
  'be been do can could may might will would of in on at to for by with without within before after behind beside below',
  'above between since until because if unless when where while which who whose what why how and or but only also then than',
  'apply write run set add remove use check name give take put export create delete grant ask see read replace rotate',
  'permission',
);

const firstWord = /^[A-Za-z]+(?=$|[\s,.;:])/;

/**
 * Whether what stands behind `NAME: ` continues a sentence, as in `Secret keys has no key API_KEY: apply it`. Words of
 * closed lists decide alone, which are no secrets; what has a digit or a sign within is none of them.
 *
 * @param value as far as it was read, without quotes
 * @param rest what follows it in the line
 */
export function isProse(value: string, rest: string): boolean {
  const first = firstWord.exec(value)?.[0] ?? '';
  const others = value.slice(first.length);
  if (!isWords(others)) {
    return false;
  }
  return (
    states.has(first) ||
    (statements.has(first) && goesOn.test(others + rest)) ||
    (beginnings.has(first) && /^[,.;:]?$/.test(others) && goesOn.test(rest))
  );
}

const isWords = (text: string): boolean => /^(?:[ \t]+[A-Za-z]+[,.;:]?)*[,.;:]?$/.test(text);

const goesOn = /^[,.;:]?[ \t]+[A-Za-z]/;
