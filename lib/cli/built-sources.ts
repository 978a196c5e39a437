import { basename, dirname, normalize, resolve } from 'node:path';
import { buildKustomization, kustomizeTool } from '../config/manifests/renderer.ts';
import { type KustomizationTree, kustomizationTree } from '../model/source/kustomization-tree.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { kustomizationNames } from '../model/source/unrendered.ts';

/** Builds of one run. */
const maximumBuilds = 100;

/** What kustomize made of the sources. */
export interface BuiltSources {
  readonly sources: readonly SourceText[];
  /** Why a kustomization was not built. */
  readonly notes: readonly string[];
}

/**
 * Builds the kustomizations that change what they are made of, in the place of their files, where `kustomize` or `kubectl`
 * is on the path. Only local files are read: one with a remote base is left as it is.
 *
 * @param valuesFiles that are given as values, and stay whatever kustomize makes of them
 */
export function builtSources(sources: readonly SourceText[], valuesFiles: readonly string[]): BuiltSources {
  const roots = rootsIn(sources);
  const tool = roots.length === 0 ? undefined : kustomizeTool();
  if (tool === undefined) {
    return { sources, notes: [] };
  }
  const used = new Set<string>();
  const built: SourceText[] = [];
  const notes: string[] = [];
  for (const { folder, tree } of roots.slice(0, maximumBuilds)) {
    const result = tree.obstacle === undefined ? buildKustomization(tool, folder) : { problem: tree.obstacle };
    if ('problem' in result) {
      notes.push(`the kustomization ${folder} is not built: ${result.problem}`);
    } else {
      built.push(result);
      for (const file of tree.files) {
        used.add(file);
      }
    }
  }
  const kept = new Set(valuesFiles.map((file) => resolve(file)));
  const isLeft = ({ file }: SourceText) => !used.has(resolve(file)) || kept.has(resolve(file));
  return { sources: [...sources.filter(isLeft), ...built], notes };
}

/** The kustomizations that change something and that no other one of the input is made of. */
function rootsIn(sources: readonly SourceText[]): { readonly folder: string; readonly tree: KustomizationTree }[] {
  const all = sources
    .filter(({ file }) => kustomizationNames.includes(basename(file)))
    .map(({ file }) => ({ file: resolve(file), folder: dirname(normalize(file)) }))
    .map(({ file, folder }) => ({ file, folder, tree: kustomizationTree(folder) }));
  return all.filter(
    ({ file, tree }) => tree.isChanging && !all.some((other) => other.file !== file && other.tree.files.has(file)),
  );
}
