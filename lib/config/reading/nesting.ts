import type { DocumentFault } from './document-check.ts';

/** Deeper than any configuration, and far from where the parser's recursion would exhaust the stack. */
const maximumDepth = 100;

const indicatorsInOneLine = new RegExp(`^(?:[^\\S\\n]*(?:[-?]|[^\\s:]*:)(?=\\s)){${maximumDepth + 1}}`, 'm');

/** Where brackets or indicators on one line nest too deep to be parsed. */
export function tooDeep(text: string): DocumentFault | undefined {
  const offset = deepOffset(text);
  return offset === undefined
    ? undefined
    : { id: 'yaml-syntax', offset, message: 'the file nests too deep', suggestion: 'write it with fewer levels' };
}

/** Counted roughly: brackets inside quotes count. */
function deepOffset(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maximumDepth) {
      return index;
    }
  }
  return indicatorsInOneLine.exec(text)?.index;
}
