import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What a whole process took, with the processes that it started. */
export interface MeasuredProcess {
  /** Seconds from start to end, start-up included. */
  readonly wall: number;
  /** Seconds of user and system time; undefined without GNU time. */
  readonly cpu: number | undefined;
  /** Peak of resident memory of the largest process, in MiB; undefined without GNU time. */
  readonly memory: number | undefined;
}

/** A command that is measured. */
export interface Command {
  /** As it is shown. */
  readonly name: string;
  readonly line: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Puts the file system into the state before the command. It is not measured. */
  readonly before?: () => void;
}

/** GNU time asks the kernel what a process has used. */
const gnuTime = '/usr/bin/time';
const mark = 'RESOURCE_USAGE';
const prefix = existsSync(gnuTime) ? [gnuTime, '--format', `${mark} %U %S %M`, '--'] : [];

/** Whether more than the clock can be read. */
export const hasUsage = prefix.length > 0;

/** @throws Error when the command fails, with what it printed */
export function measured({ name, line, env, before }: Command): MeasuredProcess {
  before?.();
  const [program = '', ...args] = [...prefix, ...line];
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const wall = (performance.now() - start) / 1000;
  if (status !== 0) {
    throw new Error(`${name} failed: ${error?.message ?? stderr}`);
  }
  const [, user, system, kibibytes] = new RegExp(`${mark} (\\S+) (\\S+) (\\d+)`).exec(stderr) ?? [];
  return {
    wall,
    cpu: user === undefined ? undefined : Number(user) + Number(system),
    memory: kibibytes === undefined ? undefined : Number(kibibytes) / 1024,
  };
}

/** The first line that a program prints, such as its version; undefined when it is not here. */
export function firstLine(program: string, ...args: string[]): string | undefined {
  const { error, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? stdout.trim().split('\n')[0] : undefined;
}
