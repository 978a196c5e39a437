import { base64Secrets, percentSecrets } from './encoded-secrets.ts';
import { decodedText } from './encoded-text.ts';
import { type FoundSecret, withoutOverlaps } from './found-secret.ts';
import { isLiteralSecret } from './literal-value.ts';
import { urlPasswords } from './passwords.ts';
import { privateKeys } from './private-keys.ts';
import { providerTokens, webTokens } from './provider-tokens.ts';
import { mayHoldToken } from './random-token.ts';
import { isPublicName, nameMeaning } from './secret-name.ts';
import { secretSettings } from './settings.ts';
import { formattedTokens } from './token-formats.ts';
import { unknownTokens } from './unknown-tokens.ts';

/** Nobody reads by accident what is behind more encodings. */
const mostEncodings = 3;

/**
 * The secrets in a value: where they stand, and what they are in words that do not show them. What is reported and what
 * is masked is what is found here.
 *
 * @param name name of the variable or key that holds the value; empty when it has none
 */
export const findSecrets = (value: string, name = ''): readonly FoundSecret[] =>
  secretsWithin(value, name, mostEncodings);

/** Whether a value must not be shown. */
export const holdsSecret = (value: string, name = ''): boolean => findSecrets(value, name).length > 0;

function secretsWithin(value: string, name: string, encodings: number): readonly FoundSecret[] {
  const inner = innerSecrets(value, name, encodings);
  const meaning = nameMeaning(name);
  if (meaning === undefined || isStructured(value) || !isLiteralSecret(value, meaning)) {
    return inner;
  }
  const formed = inner.find(({ byForm }) => byForm);
  const what = formed?.what ?? (meaning.holds === 'identifier' ? 'a key' : 'a secret, as its name shows');
  return [{ what, start: leading(value), end: value.trimEnd().length, byForm: formed !== undefined }];
}

const leading = (value: string): number => value.length - value.trimStart().length;

/** A text of its own, which names what it holds. */
const isStructured = (value: string): boolean => /^\s*[{[<]/.test(value) || value.trim().includes('\n');

/** Nothing but what names and paths are made of, and too short for a key without its frame. */
const simpleName = /^[\w./-]{0,38}$/;

/** Whether a text surely holds no secret by itself: no part of it can be a setting, an address, a header or a token. */
export const isSimpleName = (value: string): boolean => simpleName.test(value) && !mayHoldToken(value);

function innerSecrets(value: string, name: string, encodings: number): readonly FoundSecret[] {
  return isSimpleName(value) ? [] : secretsInText(value, name, encodings);
}

/** The same for each text, slowly: what `isSimpleName` is measured by. */
export function secretsInText(value: string, name = '', encodings = mostEncodings): readonly FoundSecret[] {
  const find = (text: string): readonly FoundSecret[] =>
    encodings === 0 ? [] : secretsWithin(text, '', encodings - 1);
  const hasTokens = mayHoldToken(value);
  const tokens = hasTokens ? [...formattedTokens(value), ...providerTokens(value), ...webTokens(value)] : [];
  const written = withoutOverlaps([
    ...privateKeys(value),
    ...withoutPublicKeys(tokens, name),
    ...urlPasswords(value),
    ...authorizations(value),
    ...secretSettings(value),
  ]);
  const encoded = [
    ...(hasTokens ? base64Secrets(value, written, find) : []),
    ...(value.includes('%') ? percentSecrets(value, written, find) : []),
  ];
  const known = encoded.length === 0 ? written : withoutOverlaps([...written, ...encoded]);
  return hasTokens ? withoutOverlaps([...known, ...unknownTokens(value, name, known)]) : known;
}

/** The public key of Real User Monitoring stands in every page that is monitored, and has the form of all keys of Coralogix. */
const withoutPublicKeys = (tokens: readonly FoundSecret[], name: string): readonly FoundSecret[] =>
  tokens.length > 0 && isPublicName(name) ? tokens.filter(({ what }) => what !== 'a Coralogix API key') : tokens;

const credentials =
  /\b(bearer|basic|digest|apikey|splunk|ssws|geniekey)(?:\s{1,4}|%20|\+)(["']?)([A-Za-z0-9._~+/-]{6,}={0,2})/gi;

/** What stands between a scheme and a token; most values have none of it. */
const gap = /\s|%20|\+/;

/** What follows the scheme of an `Authorization` header, with or without the name of the header before it. */
function authorizations(text: string): FoundSecret[] {
  return !gap.test(text)
    ? []
    : [...text.matchAll(credentials)].flatMap(({ 0: whole, 1: scheme = '', 3: token = '', index }) => {
        const end = index + whole.length;
        return isToken(scheme, token)
          ? [{ what: 'an Authorization header', start: end - token.length, end, byForm: true }]
          : [];
      });
}

/** `Bearer authentication` and `Basic auth-v2` are words. */
const isToken = (scheme: string, token: string): boolean =>
  /^basic$/i.test(scheme)
    ? decodedText(token)?.includes(':') === true
    : /^[A-Za-z0-9]{24,}$/.test(token) ||
      (/\d/.test(token) &&
        (token.length >= 16 || /\d[a-z]|[a-z]\d{3}/i.test(token)) &&
        !/^[a-z]+[-_.]?\d{1,2}$/i.test(token));
