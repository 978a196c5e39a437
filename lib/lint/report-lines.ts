import { namespaceNote } from '../model/assumed-namespace.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Model } from '../model/model.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import type { SourceLines } from '../problems/lines.ts';
import { countsOf, type LintResult } from './lint-result.ts';

/** One line for each file whose kind is uncertain, with the option that decides it. */
export function inputNotes({ files, values, unknown, manifests, problems, leftOut, namespace }: Model): string[] {
  const guessed = values.flatMap(({ chart, document: { file }, uncertainty }) =>
    uncertainty === undefined
      ? []
      : [`${file}: taken as values of ${chart}, though ${uncertainty}; --values ${file} confirms it`],
  );
  const noted = new Set(leftOut);
  const ignored = unknown
    .filter(({ file }) => !noted.has(file))
    .map(({ file }) => `${file}: neither manifest nor values, ignored; --values ${file} lints it as values`);
  const understood = new Set([
    ...values.flatMap(({ files: written }) => written),
    ...manifests.map(({ document }) => document.file),
    ...problems.flatMap(({ place }) => place?.file ?? []),
    ...unknown.map(({ file }) => file),
    ...leftOut,
  ]);
  const others = files
    .filter((file) => !understood.has(file))
    .map((file) => `${file}: holds nothing that lint looks at`);
  return [...new Set([...namespaceNote(namespace), ...guessed, ...ignored, ...others])];
}

/** The result of a run in one line; "no findings" only where something was judged. */
export function summary(result: LintResult, files: number, coverage?: Coverage): string {
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
    ...(errors + warnings === 0 ? [] : ['--explain RULE gives the reason']),
    ...(fixable === 0 ? [] : [`--fix mends ${fixable}`]),
  ];
  const silent = coverage?.workloads.judged === 0 ? coverage.workloads.notInstrumented.length : 0;
  const nothing =
    silent === 0
      ? 'no findings'
      : `nothing judged, because ${counted(silent, 'workload').join('')} ${silent === 1 ? 'is' : 'are'} not instrumented,`;
  const total = `${found.length === 0 ? nothing : found.join(', ')} in ${files === 1 ? '1 file' : `${files} files`}`;
  return [total, ...hints].join('; ');
}

const counted = (count: number, noun: string): string[] =>
  count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];

/** The lines of texts that were read, so that excerpts show what was linted, standard input included. */
export function textLines(sources: readonly SourceText[]): SourceLines {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const lines = split.get(file) ?? (texts.get(file) ?? '').replace(/^\ufeff/, '').split(/\r?\n/);
    split.set(file, lines);
    return lines;
  };
}
