import { spawnSync } from 'node:child_process';
import { z } from 'zod';

/** What a whole process took. */
export interface MeasuredProcess {
  /** From start to end, start-up included. */
  readonly seconds: number;
  /** User and system time; says more than the clock on a machine that does other things as well. */
  readonly cpuSeconds: number;
  /** Peak of resident memory. */
  readonly mebibytes: number;
}

const mark = 'RESOURCE_USAGE=';

/** Prints what the process has used when it ends. */
const hook = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(2, '\\n${mark}' + JSON.stringify(process.resourceUsage())));`;

const usage = z.object({ maxRSS: z.number(), userCPUTime: z.number(), systemCPUTime: z.number() });

/**
 * Runs a program with Node and measures it.
 *
 * @throws Error when it fails, with what it said
 */
export function measured(...args: readonly string[]): MeasuredProcess {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) {
    throw new Error(`${args.join(' ')} exited with ${status}: ${stdout.slice(0, 2000)}${stderr}`);
  }
  const { maxRSS, userCPUTime, systemCPUTime } = usage.parse(JSON.parse(stderr.split(mark)[1] ?? ''));
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes: maxRSS / 1024 };
}
