import type { Problem } from '../../problems/problem.ts';
import { splitDocuments } from '../../yaml/documents.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { kubernetesSchema } from '../../yaml/schema.ts';

/** One document of a file, with the place of its text in the file. */
export interface FileDocument {
  readonly start: number;
  /** As long as what stands in the file; the dashes in front of it are spaces. */
  readonly text: string;
  readonly value: unknown;
  /** Lines of the file before it. */
  readonly linesBefore: number;
}

/**
 * The documents of a file, in their order.
 *
 * @param isWanted whether the text of a document is read at all
 */
export function documentsIn(
  file: string,
  text: string,
  isWanted: (content: string) => boolean = () => true,
): { documents: FileDocument[]; problems: Problem[] } {
  const documents: FileDocument[] = [];
  const problems: Problem[] = [];
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const lines = lineStarts(text.slice(mark));
  for (const { content, linesBefore } of splitDocuments(text.slice(mark)).filter((found) => isWanted(found.content))) {
    const parsed = parseYaml(content, kubernetesSchema);
    if ('error' in parsed) {
      const place = { file, line: parsed.line + linesBefore, column: parsed.column };
      const suggestion = content.includes('{{')
        ? 'render it first, for example with `helm template`, and name the result'
        : 'mend it, or leave the file out';
      problems.push({ code: 'instrument/invalid-yaml', message: parsed.error, place, suggestion });
    } else {
      documents.push({ start: mark + (lines[linesBefore] ?? 0), text: content, value: parsed.value, linesBefore });
    }
  }
  return { documents, problems };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** The text of a file with its documents replaced; the dashes in front of them stay as they are. */
export function withDocuments(
  text: string,
  results: readonly { readonly document: FileDocument; readonly text: string }[],
): string {
  let result = '';
  let from = 0;
  for (const { document, text: changed } of results) {
    const end = document.start + document.text.length;
    const dashes = text.startsWith('---', document.start) && changed.startsWith('   ') ? 3 : 0;
    result += text.slice(from, document.start + dashes) + changed.slice(dashes);
    from = end;
  }
  return result + text.slice(from);
}
