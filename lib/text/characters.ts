/**
 * Half of a surrogate pair is no character, so no UTF-8 text can hold it, and NUL ends a string of the operating system.
 * The others do not survive `kubectl apply --server-side`: the server reads its JSON as YAML, which has them only as
 * escapes, and for which U+0085 is the end of a line.
 */
const unstorable = /[\0\u007f-\u009f\ud800-\udfff\ufffe\uffff]/u;

/** Beside those, control characters: a name, a path or an address on one line has none. */
const notOnOneLine = /[^ -~\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The first character that cannot reach an environment variable through Kubernetes, as `U+0000`. */
export const unstorableCharacter = (text: string): string | undefined => codePoint(unstorable.exec(text)?.[0]);

/** The first character that no text on one line can hold, as `U+0007`. */
export const controlCharacter = (text: string): string | undefined => codePoint(notOnOneLine.exec(text)?.[0]);

const codePoint = (character: string | undefined): string | undefined =>
  character === undefined ? undefined : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A text that a shell can hand on: U+0000 is left out, which a file may have and no object in its name. */
export const withoutNull = (text: string): string => text.replaceAll('\0', '');
