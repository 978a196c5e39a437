import { Composer, type CST, type Document, Lexer, type ParsedNode, Parser } from 'yaml';

/** A problem of the document that the parser does not report. */
export interface SyntaxProblem {
  readonly id: string;
  readonly offset: number;
  readonly message: string;
  readonly suggestion: string;
}

/** Deeper than any configuration, and far from where a recursion would exhaust the stack. */
export const maximumDepth = 100;

/** Words, marks and line breaks; a service has about 100. */
export const maximumTokens = 1_000_000;

/** After so many the rest of the text is not looked at: they follow from each other. */
const enoughErrors = 1000;

/** What the parser made of a text. */
export interface BoundedParse {
  readonly document: Document.Parsed<ParsedNode>;
  /**
   * Where a second document begins.
   *
   * @default - there is none
   */
  readonly second?: number;
}

/** A problem for a text that takes more memory or a deeper recursion than any configuration. */
export class Excess extends Error {
  constructor(readonly problem: SyntaxProblem) {
    super(problem.message);
    this.name = 'Excess';
  }
}

/**
 * Parses one document so that every scalar keeps the text that was written (YAML's failsafe schema). Keys that stand
 * twice are left to the caller, because the parser compares each with all before it.
 *
 * @throws Excess before it costs much
 */
export function boundedParse(text: string): BoundedParse {
  const composer = new Composer({
    schema: 'failsafe',
    resolveKnownTags: false,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const [document, other] = composer.compose(boundedTokens(text), true, text.length);
  if (document === undefined) {
    throw new Error('a document is always composed');
  }
  return { document, ...(other === undefined ? {} : { second: other.range[0] }) };
}

export const tooDeep = (offset: number): SyntaxProblem => ({
  id: 'yaml-syntax',
  offset,
  message: `the file nests deeper than ${maximumDepth} levels`,
  suggestion: 'write it with fewer levels',
});

function* boundedTokens(text: string): Iterable<CST.Token> {
  const parser = new Parser();
  let count = 0;
  let errors = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      errors += token.type === 'error' ? 1 : 0;
      yield token;
    }
    if (errors > enoughErrors) {
      return;
    }
    count += 1;
    // Some levels are two entries of its stack; the exact depth is judged when the document is there.
    if (parser.stack.length > 2 * maximumDepth) {
      throw new Excess(tooDeep(parser.offset));
    }
    if (count > maximumTokens) {
      const message = `the file has more than ${maximumTokens} tokens`;
      const suggestion = 'split the system, or remove what no service needs';
      throw new Excess({ id: 'too-large', offset: parser.offset, message, suggestion });
    }
  }
  yield* parser.end();
}
