import { decodedText } from './encoded-text.ts';
import { isIdentifier, isRandomToken } from './random-token.ts';
import { type NameMeaning, nameMeaning } from './secret-name.ts';

/** A longer value is no name, no path and no reference. */
const longestHarmless = 512;

const switches =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|~|disabled?|enabled?|required|optional|never|always|auto|read|write|[01?]|%[sdvq]|\$\d{1,2}|:[a-z_]+)$/i;

/** Of one character that is repeated: what a mask leaves. */
const masked = /^(?:(.)\1{2,}|\*{3}\w+\*{3})$/;

/** What says that something else belongs there. */
const placeholder =
  /^(?:<.*>|\[[^\]]*\]|replace(?:$|[-_ .]?(?:me|this|with|by)\b.*|[-_ ].*)|(?:to[-_ ]?do|fixme|placeholder|redacted|masked|hidden|tbd|n\/a)(?:[:,.;!?)]*(?:$|\s.*)|-[a-z-]*$)|(?:your|insert|enter|put|fill|provide|paste)(?: .*|[-_][a-z]+(?:[-_. ][a-z]+)*(?:[-_.]?\d)?))$/i;

const yourOwn = /^(?:your|YOUR)[A-Z]/;

/** What a form says beside a field: `Password`, `Forgot password?`. */
const label = /^(?:Password|Token|Secret|[A-Z][a-z]+(?: [a-z]+){1,20}[.?!:])$/;

/**
 * How passwords are checked or stored: the name of an algorithm, with sizes and the names of what it is combined with, such
 * as `scram-sha-256`. Other letters behind it are a password that begins alike.
 */
const algorithm =
  /^(?=(?:scram|md5|sha-?\d|bcrypt|argon2|pbkdf2|aes|rsa|ecdsa|ed25519|hmac|hs\d|rs\d|es\d)[\w-]{0,20}$)(?:scram|md5|sha|bcrypt|argon2|pbkdf2|aes|rsa|ecdsa|ed25519|hmac|hs|rs|es)(?:[-_]?(?:\d{1,4}(?!\d)|cbc|crypt|ctr|cts|d|ecb|es|gcm|hex|hmac|id?|k|kw|md5|nistp?|oaep|p|pkcs|plus|pss|rsae?|sha|siv|ssa|sum|v\d|with|wrap))*$/i;

const path = /^(?:~|\.{1,2}|[a-z]:)?(?:[\\/][\w.@%+-]+){1,20}[\\/]?$/i;

/** Where a value stands that is kept elsewhere: a file, a vault, a resource of a cloud, an encrypted value. */
const elsewhere =
  /^(?:[\w-]+\.(?:key|pem|crt|p12|jks|txt|json|ya?ml)|arn:aws[\w-]*:.*|(?:vault|ref\+\w+|secret|op|awssm|gcpsm|sm|env|file|ssm|keyvault)(?::|\+\w+:).*|projects\/[^/]+\/secrets\/.*|[a-z]+:\/[\w.].*|ENC\[.*\]|@Microsoft\.KeyVault\(.*\)|\$[\w.-]+:[\w.-]+|\$__\w+\{.*\}?)$/s;

/** `$(NAME)`, `${NAME}`, `{{ name }}`, `%NAME%` and `<name>` stand for a value that is elsewhere. */
const references =
  /\$?\$\([^()]*\)|\$\{\{[^{}]*\}\}|\$?\$\{[^{}]*\}|\{\{[^{}]*\}\}|%[A-Za-z_]\w*%|%\([a-z_]\w*\)s|<[^<>]*>|`[^`]*`/g;

/** `$NAME`, as a shell and Argo CD write it; a password may have the sign within. */
const bareReferences = /(?<![^\s:;,/=|"'])\$[A-Za-z_][\w.-]*/g;

/** `${NAME:-literal}`, and `${NAME:literal}` of Spring. */
const withDefault = /^\$?\$\{([\w.]+)(:-|:=|-|=|:)([^{}]*)\}$/;

/** A number with a unit, a version, an address. */
const measure =
  /^(?:\d+(?:\.\d+)?\s*(?:ns|us|ms|s|m|h|d|w|y|[kmgt]i?b?|%)|v?\d+(?:\.\d+){1,3}|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?)$/i;

/** Whether a value that stands under a name is a secret, and not a word, a reference or a place. */
export function isLiteralSecret(written: string, meaning: NameMeaning): boolean {
  const value = written.trim();
  const literal = defaultOf(value);
  if (literal !== undefined) {
    return isLiteralSecret(literal, meaning);
  }
  return value !== '' && isOfKind(value, meaning) && !isHarmless(value, meaning);
}

/** Whether a value may be what stands under the name; of most values it shows at once that they may not. */
function isOfKind(value: string, meaning: NameMeaning): boolean {
  switch (meaning.holds) {
    case 'any':
      return !(meaning.noun !== 'password' && /^\d{1,5}$/.test(value)) && !isName(value, meaning);
    case 'credential':
      return looksLikeCredential(value, meaning);
    case 'header':
      return isCredentialsOfHeader(value, meaning);
    case 'pair':
      return isIdentifier(value) || isRandomToken(value) || isEncodedUser(value) || pair.test(value);
    default:
      return isIdentifier(value) || isRandomToken(value);
  }
}

/** A user and a password; after a host comes a port. */
const pair = /^[^\s:/]{1,64}:(?!\d{1,5}$)[^\s:/]{3,}$/;

/** What a reference means when nothing else is set. */
function defaultOf(value: string): string | undefined {
  const [, name = '', operator, literal] = withDefault.exec(value.slice(0, longestHarmless)) ?? [];
  return operator === ':' && nameMeaning(name) === undefined ? undefined : literal;
}

/** What else may stand where a secret is expected. */
function isHarmless(value: string, { noun }: NameMeaning): boolean {
  if (value.length > longestHarmless) {
    return isReference(value);
  }
  return (
    switches.test(value) ||
    masked.test(value) ||
    placeholder.test(value) ||
    yourOwn.test(value) ||
    label.test(value) ||
    algorithm.test(value) ||
    measure.test(value) ||
    elsewhere.test(value) ||
    (path.test(value) && !value.split('/').some(isRandomToken)) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    isReference(value) ||
    (isConstant(value) && nameMeaning(value) !== undefined) ||
    (noun !== 'password' && isPublicKey(value))
  );
}

/** Whether a text holds references and nothing that could be a secret beside them. */
export function isReference(value: string): boolean {
  const rest = value.replaceAll(references, ' ');
  if (rest !== value) {
    return !/[^\W_]{6,}/.test(
      rest.replaceAll(bareReferences, ' ').replaceAll(/\b(?:bearer|basic|token|secret|password)\b/gi, ''),
    );
  }
  const without = value.replaceAll(bareReferences, ' ');
  return without !== value && !/[^\W_]/.test(without);
}

const isPublicKey = (value: string): boolean =>
  /^(?:ssh-|ecdsa-|sk-ssh-|age1|-----BEGIN (?:CERTIFICATE|(?:[A-Z0-9]+ )?PUBLIC KEY))/.test(value);

const isConstant = (value: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value);

/** How the keys of Secrets are called: `authKey: auth`, `apiKey: api-key`. */
const ownNames = /^(?:auth|(?:[a-z]+[-_.])*(?:api|access|private|secret|auth|encryption|signing)[-_.]?(?:key|token))$/;

/** The name of a Secret, of a key in it or of a variable. */
function isName(value: string, { noun, mayRefer }: NameMeaning): boolean {
  if (noun !== 'password' && (value.toLowerCase() === noun || ownNames.test(value))) {
    return true;
  }
  if (!mayRefer) {
    return false;
  }
  const isObject = /^[a-z](?:[-a-z0-9.]{0,250}[a-z0-9])?$/.test(value) && !isScrambled(value);
  switch (noun) {
    case 'key':
      return /^[A-Z][A-Z0-9_]*$/.test(value) || /^[a-z][-._a-z]*$/.test(value);
    case 'token':
      return isObject && value.includes('-') && nameMeaning(value) !== undefined;
    default:
      return isObject && (value.includes('-') || !/\d/.test(value));
  }
}

/** Letters and digits that change places within a word: `s3cr3t`, `7d9f8b`, but not `redis7`. */
const isScrambled = (value: string): boolean => /\d{3}/.test(value) || /[a-z]\d+[a-z]+\d*/.test(value);

/** A name with a number at its end, such as `oauth2`, `sha-256` or `redis-7`. */
const numberedName = /^[a-z]+(?:[-_.:/][a-z]+){0,9}[-_.:/]?v?\d{1,3}$/i;

/** No word and no name: it mixes letters with digits or signs. */
function looksLikeCredential(value: string, { noun }: NameMeaning): boolean {
  if (value.length < 6 || /\s/.test(value) || !/[a-z]/i.test(value)) {
    return false;
  }
  if (noun === 'password') {
    return /[\d!@#$%^&*+=?~]/.test(value) || /pass|secret|pwd/i.test(value);
  }
  return (/\d/.test(value) && !numberedName.test(value) && !/^[\w.-]+:\d+$/.test(value)) || isEncodedUser(value);
}

const schemes = /^(?:bearer|basic|token|apikey|api-key|bot|digest|ssws|geniekey|splunk|oauth)(?:\s|%20|\+)+/i;

/** Of `Authorization`: what follows the scheme, or a token without one. */
function isCredentialsOfHeader(value: string, meaning: NameMeaning): boolean {
  const credentials = value.replace(schemes, '');
  if (credentials === '' || isReference(credentials) || placeholder.test(credentials)) {
    return false;
  }
  return credentials !== value ? credentials.length >= 4 : looksLikeCredential(value, meaning);
}

/** Whether a text is a user and a password in base64, as in `Authorization: Basic`. */
const isEncodedUser = (value: string): boolean => /^[^\s:]+:[^\s]+$/.test(decodedText(value) ?? '');
