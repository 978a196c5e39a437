import { spawnSync } from 'node:child_process';

/** A command that makes the manifests of one system. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether a program can be started here. */
export const isOnPath = (program: string, ...args: string[]): boolean => spawnSync(program, args).error === undefined;

/**
 * Seconds of one whole run, start-up included.
 *
 * @throws Error when the command fails, with what it said
 */
export function timed({ name, command: [program, ...args], env }: Contender): number {
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  }
  return seconds;
}
