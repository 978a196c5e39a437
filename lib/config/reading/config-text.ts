import { type FileProblem, fileProblem } from '../../files/file-problem.ts';
import { readText } from '../../files/read-text.ts';
import type { Problem } from '../../problems/problem.ts';

/** Far above any real system (a service takes about 300 bytes), and fast to parse whatever it holds. */
const maximumBytes = 4 * 1024 * 1024;

/** The text of a configuration file, or why there is none. */
export type ConfigText = { readonly text: string } | { readonly problems: readonly Problem[] };

export function readConfigText(file: string): ConfigText {
  const read = readText(file, { maximumBytes, wanted: 'a configuration file' });
  return 'text' in read ? read : { problems: [fileProblem('config', file, withSuggestion(read.problem))] };
}

const withSuggestion = (problem: FileProblem): FileProblem =>
  problem.kind === 'no-file' ? { ...problem, suggestion: 'name another file: --config FILE' } : problem;
