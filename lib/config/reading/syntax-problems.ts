import type { LineCounter, YAMLError } from 'yaml';
import type { BoundedParse, SyntaxProblem } from './bounded-parse.ts';
import { missingQuote, syntaxMessage } from './syntax-message.ts';

/** What the parser reports, once a line. */
export function syntaxProblems({ document, second }: BoundedParse, text: string, lines: LineCounter): SyntaxProblem[] {
  const seen = new Set<number>();
  const problems = [...document.errors, ...document.warnings].flatMap((error, index) => {
    const offset = offsetOf(error, text);
    const { line } = lines.linePos(offset);
    if (seen.has(line) || isConsequence(error, index)) {
      return [];
    }
    seen.add(line);
    return [{ id: 'yaml-syntax', offset, ...syntaxMessage(error) }];
  });
  return second === undefined ? problems : [...problems, secondDocument(second)];
}

const secondDocument = (offset: number): SyntaxProblem => ({
  id: 'yaml-syntax',
  offset,
  message: 'a second document begins here; a configuration file describes one system',
  suggestion: 'move it to a file of its own',
});

/** One mistake often makes the parser complain of every line after it. */
const isConsequence = ({ message }: YAMLError, index: number): boolean =>
  index > 0 && message.includes(' token in YAML stream: ');

/** The parser sees that a quote is missing where the file ends. */
function offsetOf(error: YAMLError, text: string): number {
  const quote = missingQuote(error);
  return quote === undefined ? error.pos[0] : openingQuote(text, quote, error.pos[0]);
}

/** Where a quoted text begins that ends at an offset without a closing quote. */
function openingQuote(text: string, quote: string, end: number): number {
  for (let offset = text.lastIndexOf(quote, end - 1); offset >= 0; offset = text.lastIndexOf(quote, offset - 1)) {
    const before = text.charAt(offset - 1);
    if (quote === "'" && before === "'") {
      // '' stands for one quote inside the text.
      offset -= 1;
    } else if (before !== '\\') {
      return offset;
    }
    if (offset === 0) {
      break;
    }
  }
  return end;
}
