import type { ErrorCode, YAMLError } from 'yaml';

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
export function syntaxMessage({ code, message }: YAMLError): Wording {
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
export const missingQuote = ({ message }: YAMLError): string | undefined =>
  /^Missing closing (["'])quote$/.exec(message)?.[1];
