import { lazyPattern } from './visible.ts';

/** Characters that a terminal draws over the one before. */
const combining = lazyPattern(String.raw`[\p{Mn}\p{Me}]`, 'gu');

/** Characters that a terminal draws two columns wide, near enough to align a table. */
const wide = lazyPattern(
  String.raw`[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]`,
  'u',
);

/** How many columns of a terminal a text takes that holds no control characters. */
export const displayWidth = (text: string): number =>
  /^[ -~]*$/.test(text)
    ? text.length
    : [...text.replace(combining(), '')].reduce((width, character) => width + (wide().test(character) ? 2 : 1), 0);

/** The text with spaces behind it up to a width. */
export const padEnd = (text: string, width: number): string => text + padding(text, width);

/** The text with spaces before it up to a width. */
export const padStart = (text: string, width: number): string => padding(text, width) + text;

const padding = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text)));
