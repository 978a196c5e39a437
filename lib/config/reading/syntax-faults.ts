import type { Document, YAMLError } from 'yaml';
import type { DocumentFault } from './document-check.ts';
import { openingQuote } from './opening-quote.ts';
import { missingQuote, syntaxMessage } from './syntax-message.ts';

/** What the parser reports, once a line. */
export function syntaxFaults({ errors, warnings }: Document.Parsed, text: string): DocumentFault[] {
  const seen = new Set<number>();
  return [...errors, ...warnings].flatMap((error, index) => {
    const offset = offsetOf(error, text);
    const lineStart = text.lastIndexOf('\n', offset - 1);
    if (seen.has(lineStart) || isConsequence(error, index)) {
      return [];
    }
    seen.add(lineStart);
    return [{ id: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax', offset, ...syntaxMessage(error) }];
  });
}

/** One mistake often makes the parser complain of every line after it. */
const isConsequence = ({ message }: YAMLError, index: number): boolean =>
  index > 0 && message.includes(' token in YAML stream: ');

/** The parser sees that a quote is missing where the file ends. */
function offsetOf(error: YAMLError, text: string): number {
  const quote = missingQuote(error);
  return quote === undefined ? error.pos[0] : openingQuote(text, quote, error.pos[0]);
}
