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
