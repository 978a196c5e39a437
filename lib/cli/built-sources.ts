import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, dirname, join, normalize, resolve } from 'node:path';
import { type KustomizationTree, kustomizationTree } from '../model/source/kustomization-tree.ts';
import type { SourceText } from '../model/source/read-sources.ts';
import { kustomizationNames } from '../model/source/unrendered.ts';
import { operand, sh } from '../text/shell.ts';

/** A minute is far more than a build from local files takes. */
const timeout = 60_000;
const maximumOutput = 64 * 1024 * 1024;

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
    const result = tree.obstacle === undefined ? build(tool, folder) : { problem: tree.obstacle };
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

type Tool = 'kustomize' | 'kubectl';

const kustomizeTool = (): Tool | undefined => (['kustomize', 'kubectl'] as const).find(isOnPath);

const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });

function build(tool: Tool, folder: string): SourceText | { readonly problem: string } {
  const subcommand = tool === 'kustomize' ? 'build' : 'kustomize';
  const { error, status, stdout, stderr } = spawnSync(tool, [subcommand, operand(folder)], {
    encoding: 'utf8',
    timeout,
    maxBuffer: maximumOutput,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A plug-in or a base that is fetched would ask for a password.
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  });
  const line = String(sh`${tool} ${subcommand} ${operand(folder)}`);
  if (error !== undefined || status !== 0) {
    const reason =
      error?.message ??
      stderr
        .trim()
        .replace(/^error: /i, '')
        .split('\n')[0];
    return { problem: `${line}: ${reason}` };
  }
  return { file: line, text: stdout };
}
