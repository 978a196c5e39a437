import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Where built parts live between runs; ignored by git. */
export function cacheRoot(): string {
  return resolve(process.env['PODHOST_E2E_CACHE'] ?? join(repository, '.cache', 'e2e'));
}

/** A name for what these inputs make: the same inputs, the same key. */
export function contentKey(inputs: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
}

export function keyedFolder(name: string, key: string): string {
  return join(cacheRoot(), `${name}-${key}`);
}

/** Removes what an earlier version of the same recipe left. */
export function dropOlder(name: string, key: string): void {
  for (const entry of readdirSync(cacheRoot())) {
    const older = entry.startsWith(`${name}-`) && /^[0-9a-f]{16}$/.test(entry.slice(name.length + 1));
    if (older && entry !== `${name}-${key}`) rmSync(join(cacheRoot(), entry), { recursive: true, force: true });
  }
}
