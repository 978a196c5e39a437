import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.ts';

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

/** A folder that is gone when this process is, also after an interrupt. Set `PODHOST_E2E_KEEP` to look into it. */
export function temporaryFolder(): TemporaryFolder {
  // Short, since there are Unix sockets in it.
  const path = mkdtempSync(join(tmpdir(), 'podhost-e2e-'));
  const remove = () => {
    if (process.env['PODHOST_E2E_KEEP'] === undefined) rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  endWithParent();
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      remove();
      // With nobody else to decide, the default action ends the process.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
  return { path, remove };
}
