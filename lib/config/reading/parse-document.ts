import { isScalar, LineCounter, type ParsedNode } from 'yaml';
import { podhost } from '../../command-name.ts';
import { type FileProblem, fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import type { Problem } from '../../problems/problem.ts';
import { asProblem } from '../finding.ts';
import { type BoundedParse, boundedParse, Excess, type SyntaxProblem } from './bounded-parse.ts';
import { DocumentCheck } from './document-check.ts';
import { Source } from './source.ts';
import { syntaxProblems } from './syntax-problems.ts';

/** Far above any real system (a service takes about 300 bytes), and fast to parse whatever it holds. */
const maximumBytes = 4 * 1024 * 1024;

/** The text of a configuration file, or why there is none. */
type ConfigText = { readonly text: string } | { readonly problems: readonly Problem[] };

export function readConfigText(file: string): ConfigText {
  const read = readText(file, { maximumBytes, wanted: 'a configuration file' });
  return 'text' in read ? read : { problems: [fileProblem('config', file, withSuggestion(read.problem))] };
}

const withSuggestion = (problem: FileProblem): FileProblem =>
  problem.kind === 'no-file'
    ? { ...problem, suggestion: `name another file: --config FILE, or write one: ${podhost} init` }
    : problem;

/** A parsed file, or everything that keeps it from being one. */
type ParsedFile =
  | { readonly source: Source; readonly contents: ParsedNode }
  | { readonly problems: readonly Problem[] };

/** Parses a configuration so that every scalar keeps the text that was written (YAML's failsafe schema). */
export function parseConfig(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const unparsable = unprintable(text);
  if (unparsable !== undefined) {
    countLines(text, lines);
    return refused(Source.of(file, lines), [unparsable]);
  }
  const parsed = parsedOr(text, lines);
  if ('problem' in parsed) {
    return refused(Source.of(file, lines), [parsed.problem]);
  }
  const { contents } = parsed.document;
  const check = contents === null ? undefined : new DocumentCheck(contents);
  const source = Source.of(file, lines, check?.targets);
  const problems = [...syntaxProblems(parsed, text, lines), ...(check?.problems ?? [])];
  if (problems.length > 0) {
    return refused(source, problems);
  }
  if (contents === null || (isScalar(contents) && contents.source === '')) {
    return refused(source, [empty(file, text)]);
  }
  return { source, contents };
}

function parsedOr(text: string, lines: LineCounter): BoundedParse | Pick<Excess, 'problem'> {
  try {
    return boundedParse(text, lines);
  } catch (error) {
    if (error instanceof Excess) {
      return error;
    }
    throw error;
  }
}

const empty = (file: string, text: string): SyntaxProblem => ({
  id: 'empty',
  offset: 0,
  message: text.includes('#') ? `${file} holds nothing but comments` : `${file} is empty`,
  suggestion: 'write: a system, as in config/dataprime-demo.yaml',
});

const refused = (source: Source, problems: readonly SyntaxProblem[]): ParsedFile => ({
  problems: [...problems]
    .sort((a, b) => a.offset - b.offset)
    .map(({ id, offset, message, suggestion }) => asProblem(id, { place: source.place(offset), message, suggestion })),
});

function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) {
    lines.addNewLine(index + 1);
  }
}

/** YAML allows tab, line feed and carriage return (before a line feed) of the control characters, nothing else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\r(?!\n)/;

/** The first character that no YAML file may hold. */
function unprintable(text: string): SyntaxProblem | undefined {
  const found = forbidden.exec(text);
  if (found === null) {
    return undefined;
  }
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    id: 'encoding',
    offset: found.index,
    message: `the character U+${code} cannot stand in a YAML file`,
    suggestion: code === '000D' ? 'save the file with line ends LF or CRLF' : `write: "\\u${code}" in double quotes`,
  };
}
