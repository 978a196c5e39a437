import type { Problem } from '../../problems/problem.ts';
import { parseYaml } from './parse-yaml.ts';
import { SourceDocument } from './source-document.ts';
import { type DocumentText, splitDocuments } from './split-documents.ts';
import { ValueBudget } from './yaml-limits.ts';
import { kubernetesSchema } from './yaml-schema.ts';

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
  for (const part of splitDocuments(text.replace(/^\uFEFF/, ''))) {
    if (budget.isSpent) {
      break;
    }
    const parsed = parseYaml(part.content, kubernetesSchema, budget);
    if ('fault' in parsed) {
      const { fault, line, column } = parsed;
      const place = { file, line: line + part.linesBefore, column };
      problems.push({ code: 'lint/valid-yaml', message: fault, place, ...hint(part) });
    } else if (parsed.value !== undefined && parsed.value !== null) {
      const at = (line: number, column: number) => ({ file, line: line + part.linesBefore, column });
      documents.push(new SourceDocument(file, part.content, parsed.value, at));
    }
  }
  return { documents, problems };
}

const hint = ({ content }: DocumentText): Pick<Problem, 'suggestion'> =>
  content.includes('{{')
    ? { suggestion: 'render it first, for example with `helm template`, and name the result' }
    : {};
