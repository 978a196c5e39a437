import type { FoundSecret } from './found-secret.ts';

/** The key itself: base64 in lines, which JSON and shells write as `\n`; headers of an encrypted key before it. */
const body =
  /(?:[A-Za-z0-9+/=\s]+|\\{1,4}[nrt]|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): ?[^\n\\]{0,100})*/y;

const begin = /-{4,5} ?BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}/g;

const end = /-{4,5} ?END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y;

/** The same without its frame, as DER begins: PKCS #8, PKCS #1, SEC 1, OpenSSH. */
const bare =
  /\b(?:MII[A-Za-z0-9+/]{2}[AQgw]IBA[A-D]|MIG[A-Za-z0-9+/]AgEAMBMGByqGSM49|MHcCAQEEI|MC4CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/=\s]{30,}/g;

const putty = /PuTTY-User-Key-File-\d[\s\S]{0,4000}?Private-Lines: \d{1,4}\s{1,4}([A-Za-z0-9+/=\s]{20,4000})/g;

const jwk = /\\{0,3}"(?:d|k)\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"([A-Za-z0-9_-]{16,})\\{0,3}"/g;

/** Private keys of all kinds. */
export function privateKeys(text: string): FoundSecret[] {
  return [
    ...(text.includes('PRIVATE KEY') ? framedKeys(text) : []),
    ...(/MII|MIG|MHcC|MC4C|b3Bl/.test(text) ? matched(text, bare, 0) : []),
    ...(text.includes('PuTTY-User-Key-File-') ? matched(text, putty, 1) : []),
    ...(text.includes('"kty') || text.includes('kty\\') ? matched(text, jwk, 1) : []),
  ];
}

function framedKeys(text: string): FoundSecret[] {
  return [...text.matchAll(begin)].flatMap(({ 0: frame, index }) => {
    body.lastIndex = index + frame.length;
    const [content = ''] = body.exec(text) ?? [];
    if (!isKeyBody(content)) {
      return [];
    }
    end.lastIndex = index + frame.length + content.length;
    const [closing = ''] = end.exec(text) ?? [];
    const stop = index + frame.length + content.trimEnd().length;
    return [found(index, closing === '' ? stop : end.lastIndex)];
  });
}

/** Prose that quotes the frame has words there. */
const isKeyBody = (content: string): boolean =>
  /[A-Za-z0-9+/=]{4}/.test(content) && (/[A-Za-z0-9+/=]{16}/.test(content) || !/\S \S/.test(content));

const matched = (text: string, pattern: RegExp, group: 0 | 1): FoundSecret[] =>
  [...text.matchAll(pattern)].map(({ 0: whole, [group]: key = whole, index }) => {
    const start = index + whole.lastIndexOf(key);
    return found(start, start + key.trimEnd().length);
  });

const found = (start: number, stop: number): FoundSecret => ({ what: 'a private key', start, end: stop, byForm: true });
