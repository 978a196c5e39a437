import { existsSync } from 'node:fs';
import { binaryIn, buildRecipe, dropUnfinished, folderOf } from './build-recipe.ts';
import { cacheRoot } from './cache.ts';
import { collector } from './collector.ts';
import { type DebianPart, ensureDebianPart } from './debian.ts';
import { goIdentity } from './go.ts';
import { helm } from './helm.ts';
import { controlPlane } from './kubernetes.ts';
import { kwok } from './kwok.ts';
import { withLock } from './lock.ts';
import { say } from './progress.ts';
import { prometheus } from './prometheus.ts';
import type { BuiltPart, Recipe } from './recipe.ts';
import { telemetrygen } from './telemetrygen.ts';

export type PartName = DebianPart | BuiltPart;

/** Absolute paths of commands, by part. */
export type Parts<N extends PartName = PartName> = Readonly<Record<N, string>>;

const debianParts: readonly DebianPart[] = ['chromium', 'etcd', 'java', 'javac', 'mvn', 'openssl', 'python3', 'sshd'];

/** One after the other, for two cores have no more to give; what most tests need comes first. */
const recipes: readonly Recipe[] = [controlPlane, kwok, collector, helm, prometheus, telemetrygen];

/** What every run of the tests needs. The tests of pages fetch their browser, and are skipped without one. */
export const partNames: readonly PartName[] = [
  ...debianParts.filter((part) => part !== 'chromium'),
  ...recipes.flatMap(({ makes }) => makes),
];

/** Makes sure that these parts, or all, are there, and says where: at once when they were built before. */
export async function ensureParts(): Promise<Parts>;
export async function ensureParts<N extends PartName>(names: readonly N[]): Promise<Parts<N>>;
export async function ensureParts(names: readonly PartName[] = partNames): Promise<Partial<Parts>> {
  const found: Partial<Record<PartName, string>> = {};
  for (const part of debianParts) {
    if (names.includes(part)) found[part] = await ensureDebianPart(part, say);
  }
  const needed = recipes.filter(({ makes }) => makes.some((part) => names.includes(part)));
  if (needed.length === 0) return found;
  const toolchain = await goIdentity();
  await buildMissing(needed, toolchain);
  for (const recipe of needed) {
    for (const part of recipe.makes) {
      if (names.includes(part)) found[part] = binaryIn(folderOf(recipe, toolchain), part);
    }
  }
  return found;
}

async function buildMissing(needed: readonly Recipe[], toolchain: string): Promise<void> {
  const missing = () => needed.filter((recipe) => !existsSync(folderOf(recipe, toolchain)));
  if (missing().length === 0) return;
  const onWait = (holder: number) => say(`waiting for process ${holder}, which builds in ${cacheRoot()}`);
  await withLock(cacheRoot(), onWait, async () => {
    dropUnfinished();
    const left = missing();
    const minutes = left.reduce((sum, recipe) => sum + recipe.minutes, 0);
    if (left.length > 1) say(`${left.map(({ name }) => name).join(', ')}: to build, about ${minutes} min from nothing`);
    for (const recipe of left) await buildRecipe(recipe, toolchain);
  });
}
