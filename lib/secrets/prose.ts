const wordSet = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** What is reported of a setting in one word, and the fields of a variable that has its value from elsewhere. */
const states = wordSet(
  'missing unset unknown undefined absent present empty blank invalid malformed expired revoked rejected denied forbidden',
  'unauthorized unauthenticated unreadable unresolved unavailable unsupported deprecated found loaded ignored skipped failed',
  'valueFrom secretKeyRef configMapKeyRef fieldRef secretRef',
);

/** With these a sentence goes on that says what is wrong with a setting. */
const statements = wordSet('not is are was were has have had cannot does did must should from');

/** What is reported of a setting in more words. */
const reports = /^(?:not (?:set|given|read|found|known|readable|there)|from (?:a|the) (?:Secret|ConfigMap|file))\b/;

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
 * closed lists decide alone, which are no secrets; what has a digit or a sign within is none of them. Other sentences than
 * reports go on only behind the name of a variable with a word before it: behind any other name they may be a passphrase.
 *
 * @param value as far as it was read, without quotes
 * @param rest what follows it in the line
 */
export function isProse(value: string, rest: string, { written, before }: ProseName): boolean {
  const first = firstWord.exec(value)?.[0] ?? '';
  const others = value.slice(first.length);
  if (!isWords(others)) {
    return false;
  }
  if (states.has(first) || reports.test(value + rest)) {
    return true;
  }
  return (
    /^[A-Z][A-Z0-9_]*$/.test(written) &&
    /[A-Za-z]{2} $/.test(before) &&
    ((statements.has(first) && goesOn.test(others + rest)) ||
      (beginnings.has(first) && /^[,.;:]?$/.test(others) && goesOn.test(rest)))
  );
}

/** The name of a setting. */
export interface ProseName {
  readonly written: string;
  /** What stands before it in the text. */
  readonly before: string;
}

const isWords = (text: string): boolean => /^(?:[ \t]+[A-Za-z]+[,.;:]?)*[,.;:]?$/.test(text);

const goesOn = /^[,.;:]?[ \t]+[A-Za-z]/;
