import { type Document, LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml';
import type { Problem } from '../../problems/problem.ts';
import { asProblem } from '../finding.ts';
import { DocumentCheck, type DocumentFault } from './document-check.ts';
import { tooDeep } from './nesting.ts';
import { Source } from './source.ts';
import { syntaxMessage } from './syntax-message.ts';
import { unprintable } from './unprintable.ts';

/** A parsed file, or everything that keeps it from being one. */
export type ParsedFile =
  | { readonly source: Source; readonly contents: ParsedNode }
  | { readonly problems: readonly [Problem, ...Problem[]] };

/** Parses a configuration so that every scalar keeps the text that was written (YAML's failsafe schema). */
export function parseConfig(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const faults = faultsBefore(text);
  if (faults.length > 0) {
    countLines(text, lines);
    return refused(new Source(file, lines, new Map()), faults);
  }
  const document = parseDocument(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  });
  const { contents } = document;
  const check = contents === null ? undefined : new DocumentCheck(contents);
  const source = new Source(file, lines, check?.targets ?? new Map());
  const all = [...syntaxFaults(document, source), ...(check?.faults ?? [])];
  if (all.length > 0) {
    return refused(source, all);
  }
  if (contents === null) {
    const message = /\S/.test(text) ? `${file} holds nothing but comments` : `${file} is empty`;
    return { problems: [{ code: 'config/empty', message, place: source.place(0), suggestion: firstKeys }] };
  }
  return { source, contents };
}

const firstKeys = 'write: a system, as in config/dataprime-demo.yaml';

function faultsBefore(text: string): DocumentFault[] {
  const character = unprintable(text);
  if (character !== undefined) {
    return [character];
  }
  const deep = tooDeep(text);
  return deep === undefined ? [] : [{ id: 'yaml-syntax', offset: deep, message: 'the file nests too deep' }];
}

function syntaxFaults({ errors, warnings }: Document.Parsed, source: Source): DocumentFault[] {
  const lines = new Set<number>();
  // One mistake often makes the parser complain of the rest of its line, and of every line after it.
  const isConsequence = (error: YAMLError, index: number) => index > 0 && / token in YAML stream: /.test(error.message);
  return [...errors, ...warnings].flatMap((error, index) => {
    const { line } = source.place(error.pos[0]);
    if (lines.has(line) || isConsequence(error, index)) {
      return [];
    }
    lines.add(line);
    const id = error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax';
    return [{ id, offset: error.pos[0], ...syntaxMessage(error) }];
  });
}

function refused(source: Source, faults: readonly DocumentFault[]): ParsedFile {
  const problems = faults.map(({ id, offset, ...rest }) => asProblem(id, { place: source.place(offset), ...rest }));
  const [first, ...others] = problems;
  if (first === undefined) {
    throw new Error('a file cannot be refused without a problem');
  }
  return { problems: [first, ...others] };
}

function countLines(text: string, lines: LineCounter): void {
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) {
    lines.addNewLine(index + 1);
  }
}
