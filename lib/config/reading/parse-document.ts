import { isScalar } from 'yaml';
import { podhost } from '../../command-name.ts';
import { type FileProblem, fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import type { Problem } from '../../problems/problem.ts';
import { asProblem } from '../finding.ts';
import { type BoundedParse, boundedParse, Excess, type SyntaxProblem } from './bounded-parse.ts';
import { ComposedNodes } from './composed-nodes.ts';
import { DocumentCheck } from './document-check.ts';
import type { Node } from './node.ts';
import { simpleDocument } from './simple-document.ts';
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
type ParsedFile = { readonly source: Source; readonly contents: Node } | { readonly problems: readonly Problem[] };

/**
 * Parses a configuration so that every scalar keeps the text that was written (YAML's failsafe schema).
 *
 * @param start offset of the first character, behind those of the files before
 */
export function parseConfig(file: string, text: string, start = 0): ParsedFile {
  const contents = simpleDocument(text, start);
  return contents === undefined
    ? composedConfig(file, text, start)
    : { source: Source.of(file, text, start), contents };
}

/** The same, slowly: what `simpleDocument` is measured by. */
export function composedConfig(file: string, text: string, start = 0): ParsedFile {
  const unparsable = unprintable(text);
  if (unparsable !== undefined) {
    return refused(file, text, [unparsable]);
  }
  const parsed = parsedOr(text);
  if ('problem' in parsed) {
    return refused(file, text, [parsed.problem]);
  }
  const { contents } = parsed.document;
  const check = contents === null ? undefined : new DocumentCheck(contents);
  const problems = [...syntaxProblems(parsed, text), ...(check?.problems ?? [])];
  if (problems.length > 0) {
    return refused(file, text, problems);
  }
  if (check === undefined || contents === null || (isScalar(contents) && contents.source === '')) {
    return refused(file, text, [empty(file, text)]);
  }
  return { source: Source.of(file, text, start), contents: new ComposedNodes(check.targets, start).of(contents) };
}

function parsedOr(text: string): BoundedParse | Pick<Excess, 'problem'> {
  try {
    return boundedParse(text);
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

function refused(file: string, text: string, problems: readonly SyntaxProblem[]): ParsedFile {
  const source = Source.of(file, text);
  return {
    problems: [...problems]
      .sort((a, b) => a.offset - b.offset)
      .map(({ id, offset, message, suggestion }) =>
        asProblem(id, { place: source.place(offset), message, suggestion }),
      ),
  };
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
