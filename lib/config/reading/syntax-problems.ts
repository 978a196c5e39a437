import type { ErrorCode, YAMLError } from 'yaml';
import { LineStarts } from '../../yaml/line-starts.ts';
import type { BoundedParse, SyntaxProblem } from './bounded-parse.ts';

/** What the parser reports, once a line. */
export function syntaxProblems({ document, second }: BoundedParse, text: string): SyntaxProblem[] {
  const errors = [...document.errors, ...document.warnings];
  const lines = new LineStarts(errors.length === 0 ? '' : text);
  const seen = new Set<number>();
  const problems = errors.flatMap((error, index) => {
    const offset = offsetOf(error, text);
    const { line } = lines.position(offset);
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

interface Wording {
  readonly message: string;
  readonly suggestion: string;
}

const wordings: Partial<Record<ErrorCode, Wording>> = {
  BAD_INDENT: {
    message: 'this line is not indented far enough, or a bracket before it is not closed',
    suggestion: 'indent the line below its key, or close the bracket',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second ": " in one line, or a line that is indented too far',
    suggestion: 'put the value in quotes, or align the line with its neighbours',
  },
  BLOCK_IN_FLOW: {
    message: 'an indented list or mapping inside [ ] or { }',
    suggestion: 'separate the entries by commas, or remove the brackets',
  },
  DUPLICATE_KEY: { message: 'this key stands twice in one mapping', suggestion: 'remove one of the two' },
  MULTILINE_IMPLICIT_KEY: { message: 'this line has no ": " after its key', suggestion: 'write: KEY: VALUE' },
  TAB_AS_INDENT: { message: 'this line is indented with a tab', suggestion: 'indent with spaces' },
  TAG_RESOLVE_FAILED: {
    message: 'a tag (!…) that a configuration file does not use; every value is read as the text that is written',
    suggestion: 'remove the tag',
  },
};

/** Errors that the parser has no code of their own for. */
const wordingsByText: readonly (readonly [RegExp, (found: string) => Wording])[] = [
  [
    /^Plain value cannot start with .* (\S)$/,
    (character) => ({
      message: `a value cannot begin with ${character} unless it is quoted`,
      suggestion: "write: '…'",
    }),
  ],
  [
    /^Missing closing (["'])quote$/,
    (quote) => ({
      message: `the quoted text that begins here has no closing ${quote}`,
      suggestion: `write: ${quote}…${quote}`,
    }),
  ],
  [
    /^Invalid escape sequence (\\.?)/,
    (sequence) => ({
      message: `${sequence} means nothing inside double quotes`,
      suggestion: `write: \\${sequence}, or put the text in single quotes`,
    }),
  ],
  [
    /^Unexpected scalar at node end()/,
    () => ({
      message:
        'text that belongs to nothing: a quote inside quotes, or a line that is indented differently from its neighbours',
      suggestion: 'align the line with its neighbours, or put the whole value in quotes',
    }),
  ],
  [
    /^Unexpected flow-(?:seq|map)-end token()/,
    () => ({ message: 'this bracket closes nothing', suggestion: 'remove it' }),
  ],
  [
    /^Unexpected block-seq-ind on same line with key()/,
    () => ({
      message: 'a list cannot begin on the line of its key',
      suggestion: 'write: [a, b], or each entry on a line of its own',
    }),
  ],
];

/** What a syntax error means for the person who wrote the file. */
function syntaxMessage({ code, message }: YAMLError): Wording {
  for (const [pattern, wording] of wordingsByText) {
    const found = pattern.exec(message);
    if (found !== null) {
      return wording(found[1] ?? '');
    }
  }
  // The parser quotes the file, which may hold a secret.
  const words = message.replace(/ token in YAML stream: .*$/s, '').replace(/^./, (first) => first.toLowerCase());
  return wordings[code] ?? { message: `not valid YAML: ${words}`, suggestion: 'compare the line with its neighbours' };
}

/** The kind of quote that a text misses at its end. */
const missingQuote = ({ message }: YAMLError): string | undefined => /^Missing closing (["'])quote$/.exec(message)?.[1];
