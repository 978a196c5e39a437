/** Deeper than any configuration, and far from where the parser's recursion would exhaust the stack. */
const maximumDepth = 100;

const indicatorsInOneLine = new RegExp(`^(?:[^\\S\\n]*(?:[-?]|[^\\s:]*:)(?=\\s)){${maximumDepth + 1}}`, 'm');

/**
 * Where brackets or indicators on one line nest too deep to be parsed, counted roughly: brackets inside quotes count.
 *
 * @returns the offset, or `undefined` when the text can be parsed
 */
export function tooDeep(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maximumDepth) {
      return index;
    }
  }
  return indicatorsInOneLine.exec(text)?.index;
}
