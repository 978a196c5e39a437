import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one process at a time do the work: two cores have no use for two builds of the same thing. */
export async function withLock(folder: string, onWait: (holder: number) => void, work: () => Promise<void>) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === undefined) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) onWait(holder);
    told = true;
    await sleep(500);
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** The process that holds the lock; undefined when it is gone and left the file behind. */
function holderOf(file: string): number | undefined {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    process.kill(holder, 0);
    return holder;
  } catch {
    return undefined;
  }
}
