import { basename, dirname, join, normalize } from 'node:path';
import type { Problem } from '../../problems/problem.ts';
import { operand, sh } from '../../text/shell.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, textAt, textListAt, valueAt } from '../../yaml/value.ts';
import type { SourceText } from './read-sources.ts';

/** What is read as it is, and what another tool has to render first. */
export interface ReadableInput<T> {
  readonly kept: readonly T[];
  /** One note for each chart or kustomization. */
  readonly unread: readonly Problem[];
  /** The files that the notes are about. */
  readonly leftOut: readonly string[];
}

/** Leaves out the templates of charts, which are no manifests before helm has rendered them. */
export function withoutTemplates(sources: readonly SourceText[]): ReadableInput<SourceText> {
  const charts = sources
    .filter(({ file }) => basename(file) === 'Chart.yaml')
    .map(({ file }) => ({ file, folder: dirname(normalize(file)) }));
  const byFolder = new Map(charts.map((chart) => [chart.folder, chart]));
  const chartOf = ({ file }: SourceText) => {
    if (charts.length === 0) {
      return undefined;
    }
    const steps = normalize(file).split('/');
    const templates = steps.flatMap((step, index) => (step === 'templates' ? [index] : []));
    const folders = templates.map((index) => steps.slice(0, index).join('/') || '.');
    return folders.flatMap((folder) => byFolder.get(folder) ?? [])[0];
  };
  const found = new Set(sources.flatMap((source) => chartOf(source) ?? []));
  // The templates of a chart within a chart are rendered with those of the outer one.
  const outer = [...found].filter(
    ({ folder }) => !charts.some((other) => folder.startsWith(join(other.folder, 'charts/'))),
  );
  const folders = new Set([...found].map(({ folder }) => folder));
  const isOfChart = ({ file }: SourceText) =>
    folders.has(dirname(normalize(file))) && /^(Chart|values.*)\.ya?ml$/.test(basename(file));
  return {
    kept: sources.filter((source) => chartOf(source) === undefined),
    leftOut: sources.filter((source) => chartOf(source) !== undefined || isOfChart(source)).map(({ file }) => file),
    unread: outer.map(({ file, folder }) => ({
      code: 'read/unrendered',
      message: `the templates of the chart ${folder} are not rendered, and were not read`,
      place: { file, line: 1, column: 1 },
      suggestion: String(sh`helm template ${operand(folder)} | podhost lint -`),
    })),
  };
}

/**
 * Leaves out what kustomize changes before it is applied: patches always, and the resources of a kustomization that
 * changes their content.
 */
export function withoutKustomized(documents: readonly SourceDocument[]): ReadableInput<SourceDocument> {
  const all = documents.filter(isKustomization);
  const byFolder = new Map(all.map((document) => [folderOf(document), document]));
  const hidden = new Set<string>();
  const used = new Set<SourceDocument>();
  const visited = { changed: new Set<SourceDocument>(), unchanged: new Set<SourceDocument>() };
  const visit = (document: SourceDocument, isChanged: boolean) => {
    const folder = folderOf(document);
    const changes = isChanged || changesContent(document);
    const seen = changes ? visited.changed : visited.unchanged;
    if (seen.has(document)) {
      return;
    }
    seen.add(document);
    for (const patch of patchesOf(document)) {
      hidden.add(join(folder, patch));
    }
    for (const resource of kustomizedResources(document)) {
      const path = join(folder, resource);
      const inner = byFolder.get(path.replace(/\/$/, ''));
      if (inner !== undefined) {
        used.add(inner);
        visit(inner, changes);
      } else if (changes) {
        hidden.add(path);
      }
    }
  };
  for (const document of all) {
    visit(document, false);
  }
  const isLeftOut = (document: SourceDocument) =>
    all.length > 0 && (all.includes(document) || hidden.has(normalize(document.file)));
  return {
    kept: documents.filter((document) => !isLeftOut(document)),
    leftOut: documents.filter(isLeftOut).map(({ file }) => file),
    unread: all
      .filter((document) => !used.has(document))
      .map((document) => ({
        code: 'read/unbuilt',
        message: `the kustomization ${folderOf(document)} is not built: its patches, and resources that it changes, were not read`,
        place: document.place(),
        suggestion: String(sh`kubectl kustomize ${operand(folderOf(document))} | podhost lint -`),
      })),
  };
}

/** Files that kustomize takes for a kustomization. */
export const kustomizationNames: readonly string[] = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a document is a kustomization. */
export const isKustomization = ({ file, value }: SourceDocument): boolean =>
  kustomizationNames.some((name) => file.endsWith(name)) &&
  kustomizationNames.includes(basename(file)) &&
  isMapping(value) &&
  (value['kind'] === undefined || textAt(value, 'apiVersion')?.startsWith('kustomize.config.k8s.io/') === true);

const folderOf = ({ file }: SourceDocument): string => dirname(normalize(file));

/** Resources, bases and components of a kustomization. */
export const kustomizedResources = ({ value }: Pick<SourceDocument, 'value'>): string[] =>
  ['resources', 'bases', 'components'].flatMap((key) => textListAt(value, key));

/** Files of patches, transformers and generators of a kustomization. */
export const patchesOf = ({ value }: Pick<SourceDocument, 'value'>): string[] => [
  ...['patches', 'patchesJson6902', 'replacements'].flatMap((key) =>
    listAt(value, key).flatMap((entry) => textAt(entry, 'path') ?? []),
  ),
  ...['patchesStrategicMerge', 'transformers', 'generators', 'configurations'].flatMap((key) => textListAt(value, key)),
];

const changing = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'components',
  'configMapGenerator',
  'secretGenerator',
  'replacements',
  'transformers',
  'namePrefix',
  'nameSuffix',
  'namespace',
];

/** Images, labels and annotations that are common to all objects leave what is judged as it is. */
export const changesContent = ({ value }: Pick<SourceDocument, 'value'>): boolean =>
  changing.some((key) => valueAt(value, key) !== undefined);
