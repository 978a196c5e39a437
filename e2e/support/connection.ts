import { readFileSync } from 'node:fs';
import type { RunningProcess } from '../parts/process.ts';

/** Waits for a process that should connect, and fails with the end of its log when it ends instead. */
export function withLogOf<T>(process: RunningProcess, connected: Promise<T>): Promise<T> {
  const ended = process.exited.then(({ code }) => {
    throw new Error(`${process.command} ended with ${code}\n${readFileSync(process.log, 'utf8').slice(-2_000)}`);
  });
  return Promise.race([connected, ended]);
}
