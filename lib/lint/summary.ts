import { countsOf, type LintResult } from './lint-result.ts';

/** What a run came to, in one line. */
export function summary(result: LintResult, files: number): string {
  const { errors, warnings, notes } = countsOf(result);
  const suppressed = result.suppressed.length;
  const found = [
    ...counted(errors, 'error'),
    ...counted(warnings, 'warning'),
    ...counted(notes, 'note'),
    ...(suppressed === 0 ? [] : [`${suppressed} suppressed`]),
  ];
  const fixable = new Set(result.findings.flatMap(({ fix }) => fix ?? [])).size;
  const hints = [
    ...(errors + warnings === 0 ? [] : ['--explain RULE says why']),
    ...(fixable === 0 ? [] : [`--fix mends ${fixable}`]),
  ];
  const total = `${found.length === 0 ? 'no findings' : found.join(', ')} in ${files === 1 ? '1 file' : `${files} files`}`;
  return [total, ...hints].join('; ');
}

const counted = (count: number, noun: string): string[] =>
  count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
