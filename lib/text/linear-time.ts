/**
 * The text up to the last of a character: a pattern that ends in it then never searches the rest of the text in vain,
 * which would take quadratic time.
 */
export const upToLast = (text: string, character: string): string => text.slice(0, text.lastIndexOf(character) + 1);

/**
 * The text without the characters of a set at its end. A pattern such as `/\/+$/` would take quadratic time where many
 * of them stand in the middle.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/**
 * Whether words stand in one line of a text, in this order. A pattern such as `/first.*second/` would take quadratic
 * time where the first stands often.
 */
export const inOneLine = (text: string, ...words: readonly string[]): boolean =>
  text.split('\n').some((line) => holdsAll(line, words));

function holdsAll(line: string, words: readonly string[]): boolean {
  let end = 0;
  for (const word of words) {
    const at = line.indexOf(word, end);
    if (at < 0) {
      return false;
    }
    end = at + word.length;
  }
  return true;
}
