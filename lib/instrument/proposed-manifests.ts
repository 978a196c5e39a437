import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, normalize, relative, resolve } from 'node:path';
import { isGenerated } from '../files/generated-mark.ts';
import { listedObjects } from '../kubernetes/listed-objects.ts';
import { kustomizationTree } from '../model/source/kustomization-tree.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { kustomizationNames } from '../model/source/unrendered.ts';
import type { Problem } from '../problems/problem.ts';
import { firstFew } from '../text/list.ts';
import { textAt } from '../yaml/value.ts';
import { documentsIn } from './text/documents.ts';

/** An entry of `manifests`: a path, or a chart with its values. */
export type ProposedEntry = string | { readonly helm: string; readonly values?: readonly string[] };

/** What a configuration may have below `manifests` for files that exist. */
export interface ProposedManifests {
  /** With paths from the working folder. */
  readonly entries: readonly ProposedEntry[];
  /** Files that hold objects as they are. */
  readonly plain: readonly SourceText[];
  readonly notes: readonly string[];
  /** Files that are meant as objects and are no YAML. */
  readonly problems: readonly Problem[];
}

/**
 * Finds charts, kustomizations and plain files of objects, so that every object is synthesized once.
 *
 * @param environment of alternatives, such as overlays and values files, the one with this name is taken
 * @param home folder of the configuration, which is no object itself
 */
export function proposedManifests(
  sources: readonly SourceText[],
  { environment, home }: { readonly environment: string; readonly home: string },
): ProposedManifests {
  const files = sources.filter(({ file, text }) => file !== '<stdin>' && !isGenerated(text));
  const charts = chartsIn(files, environment);
  const others = files.filter(({ file }) => !charts.folders.some((folder) => isBelow(file, folder)));
  const kustomizations = kustomizationsIn(others, environment);
  const rest = others.filter(({ file }) => !kustomizations.files.has(resolve(file)));
  const plain = plainIn(rest);
  return {
    entries: [...charts.entries, ...kustomizations.folders, ...pathsOf(plain.sources, home)],
    plain: plain.sources,
    notes: [...charts.notes, ...kustomizations.notes, ...plain.notes],
    problems: plain.problems,
  };
}

const isBelow = (file: string, folder: string): boolean =>
  folder === '.' ? !normalize(file).startsWith('..') : normalize(file).startsWith(`${folder}/`);

/** Whether a name is that of the environment or a short form of it, as `prod` for `production`. */
function isNamed(name: string, environment: string): boolean {
  const [a, b] = [name.toLowerCase(), environment.toLowerCase()];
  return a.length > 2 && b.length > 2 && (a.startsWith(b) || b.startsWith(a));
}

function chartsIn(files: readonly SourceText[], environment: string) {
  const all = files
    .filter(({ file, text }) => basename(file) === 'Chart.yaml' && !/^type:\s*library\b/m.test(text))
    .map(({ file }) => dirname(normalize(file)));
  const folders = all.filter((folder) => !all.some((other) => folder.startsWith(join(other, 'charts/'))));
  const notes: string[] = [];
  const entries = folders.map((folder): ProposedEntry => {
    const variants = files
      .map(({ file }) => normalize(file))
      .filter((file) => dirname(file) === folder && /^values[-._].+\.ya?ml$/.test(basename(file)));
    const own = variants.filter((file) =>
      isNamed(basename(file).replaceAll(/^values[-._]|\.ya?ml$/g, ''), environment),
    );
    const unused = variants.filter((file) => !own.includes(file));
    if (unused.length > 0) {
      notes.push(`the chart ${folder} has ${firstFew(unused, 5)} as well: write what is meant below its values`);
    }
    return own.length === 0 ? { helm: folder } : { helm: folder, values: own };
  });
  return { folders, entries, notes };
}

function kustomizationsIn(files: readonly SourceText[], environment: string) {
  const all = files
    .filter(({ file }) => kustomizationNames.includes(basename(file)))
    .map(({ file, text }) => {
      const folder = dirname(normalize(file));
      return {
        path: resolve(file),
        folder,
        isComponent: /^kind:\s*Component\b/m.test(text),
        tree: kustomizationTree(folder),
      };
    });
  const roots = all.filter(
    ({ path, isComponent }) => !isComponent && !all.some((other) => other.path !== path && other.tree.files.has(path)),
  );
  const folders: string[] = [];
  const notes: string[] = [];
  for (const root of roots) {
    const alternatives = roots.filter(
      (other) => other === root || [...other.tree.files].some((file) => root.tree.files.has(file)),
    );
    const named = alternatives.filter(({ folder }) => isNamed(basename(folder), environment));
    if (alternatives.length === 1 || (named.length === 1 && named[0] === root)) {
      folders.push(root.folder);
    } else if (named.length !== 1 && alternatives[0] === root) {
      const names = alternatives.map(({ folder }) => folder);
      notes.push(
        `${names.join(', ')} build the same objects: write the one that is meant, as manifests: [${names[0]}]`,
      );
    }
  }
  return { folders, notes, files: new Set(all.flatMap(({ tree }) => [...tree.files])) };
}

/** Files of which every document is an object for a cluster. */
function plainIn(files: readonly SourceText[]) {
  const sources: SourceText[] = [];
  const mixed: string[] = [];
  const problems: Problem[] = [];
  for (const source of files) {
    const found = documentsIn(source.file, source.text);
    const documents = found.documents.filter(({ value }) => value !== null && value !== undefined);
    const isManifest = (value: unknown) => listedObjects(value).length > 0;
    if (found.problems.length > 0) {
      // Of other programs' files nobody knows whether they are right.
      const isMeant = /^\s*"?kind"?:/m.test(source.text);
      problems.push(...(isMeant ? found.problems : []));
      mixed.push(...(isMeant ? [] : [source.file]));
    } else if (documents.length > 0 && documents.every(({ value }) => isManifest(value) && !isOfTool(value))) {
      sources.push(source);
    } else if (documents.some(({ value }) => isManifest(value) && !isOfTool(value))) {
      mixed.push(source.file);
    }
  }
  const notes = mixed.length === 0 ? [] : [`left out, because not all of it is an object: ${firstFew(mixed, 5)}`];
  return { sources, problems, notes };
}

/** Whether a document is read by a program, and by no cluster. */
const isOfTool = (value: unknown): boolean =>
  /^(kustomize\.config\.k8s\.io|skaffold|kind\.x-k8s\.io)\//.test(textAt(value, 'apiVersion') ?? '');

/** A folder where all of its files are meant, otherwise the files. */
function pathsOf(sources: readonly SourceText[], home: string): string[] {
  const byFolder = new Map<string, string[]>();
  for (const { file } of sources) {
    const folder = dirname(normalize(file));
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), normalize(file)]);
  }
  return [...byFolder].flatMap(([folder, files]) => {
    const all = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name)) : [];
    return resolve(folder) !== resolve(home) && files.length > 1 && all.length === files.length ? [folder] : files;
  });
}

/** The entries as they are written in a file, whose folder their paths start from. */
export const entriesFrom = (folder: string, entries: readonly ProposedEntry[]): ProposedEntry[] => {
  const from = (path: string) => relative(folder, resolve(path)) || '.';
  return entries.map((entry) =>
    typeof entry === 'string'
      ? from(entry)
      : { helm: from(entry.helm), ...(entry.values === undefined ? {} : { values: entry.values.map(from) }) },
  );
};
