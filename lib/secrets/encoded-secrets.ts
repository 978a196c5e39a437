import { decodedText, percentDecoded } from './encoded-text.ts';
import { type FoundSecret, overlaps } from './found-secret.ts';
import { runsIn, type Stretch } from './random-token.ts';

/** Shorter runs are words. */
const shortestEncoded = 16;

/** Base64 over several lines, as `base64` and `openssl` write it. */
const wrapped = /^\s*[A-Za-z0-9+/=]{16,}(?:\s+[A-Za-z0-9+/=]+)+\s*$/;

const words = /[^\s"'`<>]{3,}/g;

/** What finds secrets in a text that was decoded. */
type Find = (decoded: string) => readonly FoundSecret[];

/**
 * The parts of a text that are secrets in base64.
 *
 * @param known secrets that stand there as they are
 */
export function base64Secrets(text: string, known: readonly FoundSecret[], find: Find): FoundSecret[] {
  const how = 'in base64';
  return wrapped.test(text)
    ? within({ start: 0, end: text.trimEnd().length }, decodedText(text.trim()), how, known, find)
    : runsIn(text, shortestEncoded).flatMap((run) =>
        within(run, decodedText(text.slice(run.start, run.end)), how, known, find),
      );
}

/**
 * The parts of a text that hold secrets in the encoding of URLs.
 *
 * @param known secrets that stand there as they are
 */
export function percentSecrets(text: string, known: readonly FoundSecret[], find: Find): FoundSecret[] {
  const how = 'in the encoding of URLs';
  return [...text.matchAll(words)].flatMap(({ 0: word, index }) =>
    /%[0-9a-f]{2}/i.test(word)
      ? within({ start: index, end: index + word.length }, percentDecoded(word), how, known, find)
      : [],
  );
}

function within(
  { start, end }: Stretch,
  decoded: string | undefined,
  how: string,
  known: readonly FoundSecret[],
  find: Find,
): FoundSecret[] {
  const [first] = decoded === undefined || overlaps(known, start, end) ? [] : find(decoded);
  return first === undefined ? [] : [{ ...first, what: `${first.what} ${how}`, start, end }];
}
