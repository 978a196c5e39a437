import { decodedText, isEncodedFile } from './encoded-text.ts';
import { type FoundSecret, overlaps } from './found-secret.ts';
import { randomTokens, type Stretch } from './random-token.ts';
import { isPublicName } from './secret-name.ts';

const publicBlock = /-----BEGIN (?!(?:[A-Z0-9]{1,12} ){0,3}PRIVATE)[A-Z0-9 ]{1,40}-----[A-Za-z0-9+/=\s\\]*/g;

/** What stands before a token and makes it known to everybody: checksums, keys of hosts, encrypted values, files. */
const publicBefore =
  /(?:sha\d{1,3}[-:]|h1:|ssh-[\w@.-]{1,40} |ecdsa-[\w@.-]{1,40} |base64,|ENC\[[^\]]*|vault:v\d:|age1|\w:\/\/[^\s?#"'<>]*|minisign\w*:? ?)$/;

const nameBefore = /([\w.-]{1,60})\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}(?:\[\s{0,40})?\\{0,3}["']?$/;

/** The parts of a JSON Web Key that everybody may know. */
const ofPublicKey = /^(?:n|e|x|y|x5c|x5t|x5t#S256|kid|kty|alg)$/;

/** Tokens of which no more is known than that a machine drew them. */
export function unknownTokens(text: string, name: string, known: readonly FoundSecret[]): FoundSecret[] {
  const tokens = randomTokens(text).filter(({ start, end }) => !overlaps(known, start, end));
  if (tokens.length === 0 || isPublicName(name)) {
    return [];
  }
  const blocks = [...text.matchAll(publicBlock)].map(
    ({ 0: block, index }): Stretch => ({ start: index, end: index + block.length }),
  );
  const isLines = text.trim().includes('\n');
  return tokens
    .filter((token) => !blocks.some((block) => block.start <= token.start && token.end <= block.end))
    .filter((token) => isUnknown(text, token, isLines))
    .map((token) => ({ what: 'a random token', ...token, byForm: false }));
}

/** Text of all kinds has identifiers that look drawn; there a name must say what one is. */
function isUnknown(text: string, { start, end }: Stretch, isLines: boolean): boolean {
  const token = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 120), start);
  const name = nameBefore.exec(before)?.[1];
  if (name === undefined ? isLines : isPublicName(name) || ofPublicKey.test(name)) {
    return false;
  }
  return !publicBefore.test(before) && !isEncodedFile(token) && decodedText(token) === undefined;
}
