import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningProcess } from '../parts/process.ts';

export interface WaitOptions {
  readonly deadlineMilliseconds?: number;
  readonly everyMilliseconds?: number;
  /** Processes without which the wait is in vain: when one ends, so does the wait, with the end of its log. */
  readonly needs?: readonly RunningProcess[];
}

/** Polls until the probe gives something, or fails by saying what was waited for and what the probe last said. */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  options: WaitOptions = {},
): Promise<T> {
  const { deadlineMilliseconds = 60_000, everyMilliseconds = 100, needs = [] } = options;
  const deadline = performance.now() + deadlineMilliseconds;
  let reason = '';
  for (;;) {
    const value = await probe().catch((error: unknown) => {
      reason = error instanceof Error ? `: ${error.message}` : `: ${error}`;
      return undefined;
    });
    if (value !== undefined) return value;
    const ended = needs.find(({ running }) => !running);
    if (ended) throw new Error(`${ended.command} ended while waiting for ${what}\n${logTail(ended)}`);
    if (performance.now() > deadline) {
      const logs = needs.map((needed) => `\n${needed.command}:\n${logTail(needed)}`).join('');
      throw new Error(`${what}: not after ${deadlineMilliseconds / 1_000} s${reason}${logs}`);
    }
    await sleep(everyMilliseconds);
  }
}

function logTail({ log }: RunningProcess): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
