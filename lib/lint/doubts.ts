import type { Model } from '../model/model.ts';

/** One line for each file of which it is not plain what it is, and how to decide it. */
export function doubts({ files, values, unknown, manifests, problems }: Model): string[] {
  const guessed = values.flatMap(({ chart, document: { file }, doubt }) =>
    doubt === undefined ? [] : [`${file}: taken as values of ${chart}, though ${doubt}; --values ${file} says so`],
  );
  const ignored = unknown.map(
    ({ file }) => `${file}: neither manifest nor values, ignored; --values ${file} lints it as values`,
  );
  const understood = new Set([
    ...values.flatMap(({ files: written }) => written),
    ...manifests.map(({ document }) => document.file),
    ...problems.flatMap(({ place }) => place?.file ?? []),
    ...unknown.map(({ file }) => file),
  ]);
  const others = files
    .filter((file) => !understood.has(file))
    .map((file) => `${file}: holds nothing that lint looks at`);
  return [...new Set([...guessed, ...ignored, ...others])];
}
