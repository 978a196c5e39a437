import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, contentKey, dropOlder, keyedFolder } from './cache.ts';
import { withProgress } from './progress.ts';
import type { BuiltPart, Recipe } from './recipe.ts';

const unfinished = 'building-';

/** Where the recipe's result is, or will be. */
export function folderOf(recipe: Recipe, toolchain: string): string {
  return keyedFolder(recipe.name, keyOf(recipe, toolchain));
}

export function binaryIn(folder: string, part: BuiltPart): string {
  return join(folder, 'bin', part);
}

/** Builds aside and renames, so that what is in the cache is always whole. */
export async function buildRecipe(recipe: Recipe, toolchain: string): Promise<void> {
  const log = join(cacheRoot(), 'logs', `${recipe.name}.log`);
  mkdirSync(join(cacheRoot(), 'logs'), { recursive: true });
  writeFileSync(log, '');
  const directory = mkdtempSync(join(cacheRoot(), unfinished));
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  try {
    await withProgress(`${recipe.name} ${recipe.version}`, recipe.minutes, () => recipe.build({ directory, bin, log }));
    for (const part of recipe.makes) {
      if (!existsSync(binaryIn(directory, part))) throw new Error(`the build left no ${part}`);
    }
    renameSync(directory, folderOf(recipe, toolchain));
    dropOlder(recipe.name, keyOf(recipe, toolchain));
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new Error(explain(recipe, log), { cause: error });
  }
}

/** Removes what interrupted builds left. */
export function dropUnfinished(): void {
  for (const entry of readdirSync(cacheRoot())) {
    if (entry.startsWith(unfinished)) rmSync(join(cacheRoot(), entry), { recursive: true, force: true });
  }
}

function keyOf(recipe: Recipe, toolchain: string): string {
  return contentKey([recipe.name, toolchain, ...recipe.inputs]);
}

function explain(recipe: Recipe, log: string): string {
  const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20);
  return [
    `${recipe.name} ${recipe.version} could not be built. The end of its log:`,
    ...tail.map((line) => `  ${line}`),
    `Whole log: ${log}`,
    'A module that the proxy refuses (403 or 404) stays refused: choose another version in e2e/parts/versions.ts.',
    'After anything else, such as a lost connection, run again: what was compiled is kept.',
  ].join('\n');
}
