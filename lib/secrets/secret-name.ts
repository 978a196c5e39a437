import { type Noun, nameWords, nounOf } from './name-words.ts';

/** What the name of a variable or a key says about its value. */
export interface NameMeaning {
  /** What the value is when it is a secret. */
  readonly noun: Noun;
  /**
   * Which values are secrets under the name: every literal, what looks like a credential, what no more than identifies
   * something, a user with a password, or the header of a request.
   */
  readonly holds: 'any' | 'credential' | 'identifier' | 'pair' | 'header';
  /** Whether a value that is itself a name can be that of a Secret, of its key or of a variable. */
  readonly mayRefer: boolean;
}

const wordSet = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** `key` names a secret after one of these. */
const keyQualifiers = wordSet(
  'access admin api auth authentication crypto encryption hmac ingest ingestion jwt licence license master private secret',
  'recovery session shared signing unseal',
);

/** After one of these `key` may name a secret. */
const vagueKeyQualifiers = wordSet(
  'account anon app application client consumer cookie data deploy function functions instance integration push root sa',
  'send server service ssh ssl storage subscription tls webhook write anthropic aws azure datadog dd github gitlab google',
  'heroku mailgun maps newrelic openai pagerduty sendgrid slack stripe twilio',
);

/** Words after the noun that leave it what it is: where, when and in which form it is used. */
const variants = wordSet(
  'prod production stage staging dev devel development test testing qa uat int integration local live sandbox demo',
  'default global main primary secondary backup fallback old new current previous prev next legacy internal external',
  'eu us ap ca sa me af in sg jp uk de fr au br east west north south central',
  'value text txt plain plaintext string literal raw b base encoded encrypted base64 data base64encoded base64data',
  'admin root readonly ro rw a b c x',
);

/** Words after the noun that make it a thing about secrets, and no secret. */
const attributes = wordSet(
  'file path dir directory folder mount location url uri endpoint host hostname port server addr address stdin',
  'name ref reference selector type kind format mode method scheme strategy policy rule rules class',
  'length len size min max minimum maximum count limit num number total quota',
  'ttl age expiry expires expired expiration expire exp lifetime duration timeout interval period grace',
  'second seconds secs sec ms minute minutes min hour hours day days date time at',
  'rotation rotate rotated refresh renew renewal enable enabled disable disabled require required optional allow allowed',
  'use used using present exist exists set has is supported header field column attribute attr property param parameter',
  'env variable var prefix suffix separator delimiter template pattern regex regexp issuer audience aud subject',
  'scope scopes claim claims realm algorithm alg algo encoding encoder cipher hash hasher hashes digest checksum',
  'version versions revision store storage provider manager backend engine operator controller driver plugin module',
  'encryption hashing generator generation generate source src bucket budget hint label labels annotation annotations title description',
  'desc message prompt placeholder info status state event metric usage rate price cost cache id ids uid index validation',
  'validator check strength complexity reset recovery change update updated history retries attempts request response',
  'review grant exchange introspection verification json yaml yml conf config configuration properties ini toml xml',
  'sh py js sql md html tmpl tpl auth authentication service account accounts key public pub',
);

const counts = wordSet('max min num number count limit total length size');

/** Made to be read in a browser or an app. */
const isPublicWord = (word: string): boolean => ['public', 'pub', 'publishable'].includes(word);

/** Names whose words do not show that they hold a secret. */
const known = new Set([
  'redis auth',
  'rediscli auth',
  'neo4j auth',
  'master auth',
  'erlang cookie',
  'honeycomb team',
  'access signature',
]);

/** A Secret of these is an object of Kubernetes. */
const objectQualifiers = /^(existing|external|pull|tls|ssl|cert|certificate|ca|image|registry|generated)$/;

/** A secret of these is the other half of an id. */
const credentialQualifiers =
  /^(client|app|application|api|shared|jwt|session|cookie|webhook|hmac|signing|consumer|oauth|oidc|master|otp|totp|encryption|access|token|my|user|bot|github|gitlab|google)$/;

const meanings = new Map<string, NameMeaning | undefined>();

/** Systems have few names, and texts of all kinds have many. */
const mostKept = 10_000;

/** What the name of a variable or a key says about its value; undefined when it says nothing of secrets. */
export function nameMeaning(name: string): NameMeaning | undefined {
  if (meanings.has(name)) {
    return meanings.get(name);
  }
  if (meanings.size >= mostKept) {
    meanings.clear();
  }
  const meaning = meaningOf(name, nameWords(name));
  meanings.set(name, meaning);
  return meaning;
}

function meaningOf(name: string, words: readonly string[]): NameMeaning | undefined {
  if (known.has(words.slice(-2).join(' '))) {
    return { noun: words.includes('auth') ? 'password' : 'secret', holds: 'any', mayRefer: false };
  }
  if (words.some((word) => isPublicWord(word) || word === 'checksum' || word === 'existing')) {
    return undefined;
  }
  if (words.at(-1) === 'authorization') {
    return { noun: 'token', holds: 'header', mayRefer: false };
  }
  const at = words.findLastIndex((word, index) => isNoun(words, word, index));
  return at < 0 ? keyMeaning(words) : nounMeaning(name, words, at);
}

const isNoun = (words: readonly string[], word: string, index: number): boolean =>
  nounOf(word) !== undefined && (word !== 'key' || isQualified(words[index - 1] ?? '') || isCoralogix(words));

const isQualified = (word: string): boolean => keyQualifiers.has(word) || vagueKeyQualifiers.has(word);

function nounMeaning(name: string, words: readonly string[], at: number): NameMeaning | undefined {
  const noun = nounOf(words[at] ?? '') ?? 'secret';
  const after = words.slice(at + 1);
  if (words.some((word) => counts.has(word))) {
    return undefined;
  }
  if (after.some((word) => attributes.has(word))) {
    // Keys of Coralogix once were UUIDs, and still are called ids.
    return isCoralogix(words) && words.includes('key') && after.at(-1) === 'id' ? identifier : undefined;
  }
  const isVague =
    (noun === 'key' && vagueKeyQualifiers.has(words[at - 1] ?? '') && !isCoralogix(words)) ||
    after.some((word) => !variants.has(word));
  if (/[a-z]/.test(name) && objectQualifiers.test(words[at - 1] ?? '') && noun === 'secret') {
    return undefined;
  }
  const holds = isVague ? 'credential' : 'any';
  const mayRefer = noun !== 'password' && !after.includes('value') && refers(name, words[at - 1] ?? '', noun);
  return { noun, holds, mayRefer };
}

/** Variables of a container are written in capitals, and hold secrets rather than their names. */
function refers(name: string, qualifier: string, noun: Noun): boolean {
  const isVariable = !/[a-z]/.test(name);
  if (isVariable) {
    return noun === 'secret' && objectQualifiers.test(qualifier);
  }
  return noun === 'key' ? qualifier === 'secret' : !credentialQualifiers.test(qualifier);
}

const identifier: NameMeaning = { noun: 'key', holds: 'identifier', mayRefer: false };

function keyMeaning(words: readonly string[]): NameMeaning | undefined {
  const at = words.findLastIndex((word) => word === 'key' || word === 'auth' || word === 'salt');
  const after = words.slice(at + 1);
  if (at < 0 || after.some((word) => attributes.has(word)) || words.some((word) => counts.has(word))) {
    return undefined;
  }
  if (words[at] === 'auth' && after.length === 0) {
    return { noun: 'password', holds: 'pair', mayRefer: false };
  }
  return /^(gpg|kms|primary|foreign|idempotency|cache)$/.test(words[at - 1] ?? '') ? undefined : identifier;
}

const isCoralogix = (words: readonly string[]): boolean => words.includes('cx') || words.includes('coralogix');

/** Everybody may know these, and machines draw them too. */
const publicWords =
  /^(image|tag|digest|checksum|sha|md|hash|integrity|fingerprint|thumbprint|bundle|crt|cert|certificate|pem|uid|uuid|guid|id|ids|kid|etag|commit|revision|rev|version|resourceversion|trace|span|nonce|traceparent|public|pub|publishable)$/;

/** Whether a name says that everybody may know the value: a digest, an id, a certificate, a key for browsers. */
export function isPublicName(name: string): boolean {
  const words = nameWords(name);
  return publicWords.test(words.at(-1) ?? '') || words.some((word) => isPublicWord(word) || word === 'checksum');
}
