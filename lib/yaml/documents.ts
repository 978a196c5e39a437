import type { Problem } from '../problems/problem.ts';
import { ValueBudget } from './limits.ts';
import { parseYaml } from './parse.ts';
import { kubernetesSchema } from './schema.ts';
import { SourceDocument } from './source-document.ts';

export interface ParsedDocuments {
  readonly documents: readonly SourceDocument[];
  readonly problems: readonly Problem[];
}

/**
 * The documents of a file. A broken one is a problem, and the others are read all the same.
 *
 * @param budget how many values they may hold
 */
export function parseDocuments(file: string, text: string, budget = new ValueBudget()): ParsedDocuments {
  const documents: SourceDocument[] = [];
  const problems: Problem[] = [];
  for (const { part, linesBefore } of partsOf(text.replace(/^\uFEFF/, ''))) {
    if (budget.isSpent) {
      break;
    }
    // Places are lines and columns, and this one leaves the others as they are: no text is copied.
    const content = part.startsWith('---\n') ? part.slice(3) : withoutMarker(part);
    const parsed = parseYaml(content, kubernetesSchema, budget);
    if ('error' in parsed) {
      const { error, line, column } = parsed;
      const place = { file, line: line + linesBefore, column };
      problems.push({ code: 'lint/valid-yaml', message: error, place, ...hint(content) });
    } else if (parsed.value !== undefined && parsed.value !== null) {
      const at = (line: number, column: number) => ({ file, line: line + linesBefore, column });
      documents.push(new SourceDocument(file, content, parsed.value, at));
    }
  }
  return { documents, problems };
}

const hint = (content: string): Pick<Problem, 'suggestion'> =>
  content.includes('{{')
    ? { suggestion: 'render it first, for example with `helm template`, and name the result' }
    : {};

/** One document of a file, not parsed yet. */
export interface DocumentText {
  readonly content: string;
  /** Where it begins in the file, as an offset. */
  readonly start: number;
  /** Lines of the file before it. */
  readonly linesBefore: number;
}

/**
 * Parts a file at its lines that begin with three dashes: text in a document would be indented there.
 *
 * What follows the dashes on their line is the document's.
 */
export const splitDocuments = (text: string): DocumentText[] =>
  partsOf(text).map(({ part, ...where }) => ({ content: withoutMarker(part), ...where }));

/** With spaces in the place of its dashes. */
const withoutMarker = (part: string): string => (isMarker(part, 0) ? `   ${part.slice(3)}` : part);

interface DocumentPart extends Omit<DocumentText, 'content'> {
  readonly part: string;
}

function partsOf(text: string): DocumentPart[] {
  const parts: DocumentPart[] = [];
  const starts = startsOf(text);
  let linesBefore = 0;
  for (const [position, start] of starts.entries()) {
    const part = text.slice(start, starts[position + 1]);
    if (!isDirectives(part)) {
      parts.push({ part, start, linesBefore });
    }
    linesBefore += countOf(part, '\n');
  }
  return parts;
}

function countOf(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    count += 1;
  }
  return count;
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 4)) {
    if (isMarker(text, at + 1)) {
      starts.push(at + 1);
    }
  }
  return starts;
}

const isMarker = (text: string, at: number): boolean =>
  text.startsWith('---', at) && ['', ' ', '\t', '\r', '\n'].includes(text.charAt(at + 3));

/** Directives, such as `%YAML 1.2`, stand before the dashes of their document. */
const isDirectives = (part: string): boolean =>
  part.startsWith('%') && part.split('\n').every((line) => /^\s*$|^[%#]/.test(line));
