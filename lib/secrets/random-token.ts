/** Shorter runs are names, numbers and ids of all kinds. */
const shortestRandom = 20;

/** How much of a token is looked at: what a machine drew is drawn throughout. */
const longestLooked = 512;

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Runs of letters, digits, `+`, `/`, `_` and `-`, with up to two `=` behind: what base64 is made of. A pattern would
 * begin to search at each character of a long text.
 *
 * @param least length without the `=`
 */
export function runsIn(text: string, least: number): Stretch[] {
  const found: Stretch[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (!isOfRun(text.charCodeAt(at))) {
      if (at - start >= least) {
        const padding = text.startsWith('==', at) ? 2 : text.startsWith('=', at) ? 1 : 0;
        found.push({ start, end: at + padding });
      }
      start = at + 1;
    }
  }
  return found;
}

/** Where a text holds tokens that a machine drew, as `isRandomToken` says. */
export const randomTokens = (text: string): Stretch[] =>
  runsIn(text, shortestRandom).filter(({ start, end }) => isRandomToken(text.slice(start, end)));

/**
 * Whether a text is a token that a machine drew: letters of both cases and digits change places far more often than in
 * any name. Digests, commit ids and UUIDs have one case and are not meant.
 */
export function isRandomToken(token: string): boolean {
  if (token.length < shortestRandom || !/^[A-Za-z0-9+/=_-]+$/.test(token)) {
    return false;
  }
  const classes = Array.from(token.slice(0, longestLooked).replace(/=+$/, ''), characterClass);
  if (!['lower', 'upper', 'digit'].every((wanted) => classes.some((found) => found === wanted))) {
    return false;
  }
  const changes = classes.filter((found, index) => index > 0 && found !== classes[index - 1]).length;
  const others = classes.filter((found) => found === 'other').length;
  return changes / (classes.length - 1) >= 0.4 && others <= Math.max(3, classes.length / 10);
}

type CharacterClass = 'lower' | 'upper' | 'digit' | 'other';

function characterClass(character: string): CharacterClass {
  if (character >= 'a' && character <= 'z') {
    return 'lower';
  }
  if (character >= 'A' && character <= 'Z') {
    return 'upper';
  }
  return character >= '0' && character <= '9' ? 'digit' : 'other';
}

/** A UUID, or a long run of one case and digits: an identifier of anything, or a key when it is called one. */
export const isIdentifier = (value: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ||
  (/^([a-z0-9]{20,}|[A-Z0-9]{20,})$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value));

/** The shortest run that tokens of providers have in them. */
const shortestRun = 16;

/** Whether a text has a run that is long and mixed enough for a token; names in lower case with dashes have none. */
export function mayHoldToken(text: string): boolean {
  let length = 0;
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    const bit = runBit(text.charCodeAt(index));
    length = bit === 0 ? 0 : length + 1;
    seen = bit === 0 ? 0 : seen | bit;
    // A digit, or letters of both cases.
    if (length >= shortestRun && ((seen & 4) !== 0 || (seen & 3) === 3)) {
      return true;
    }
  }
  return false;
}

/** Plus signs and slashes stand in base64 as well. */
const isOfRun = (code: number): boolean => runBit(code) !== 0 || code === 43 || code === 47;

function runBit(code: number): number {
  if (code >= 97 && code <= 122) {
    return 1;
  }
  if (code >= 65 && code <= 90) {
    return 2;
  }
  if (code >= 48 && code <= 57) {
    return 4;
  }
  return code === 45 || code === 95 ? 8 : 0;
}
