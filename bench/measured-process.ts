import { spawnSync } from 'node:child_process';

/** What a whole process took. */
export interface MeasuredProcess {
  /** From start to end, start-up included. */
  readonly seconds: number;
  /** Peak of resident memory. */
  readonly mebibytes: number;
}

const mark = 'PEAK_KIB=';

/** Prints the peak of resident memory when the process ends. */
const hook = `import { writeSync } from 'node:fs';
process.on('exit', () => writeSync(2, '${mark}' + process.resourceUsage().maxRSS + '\\n'));`;

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
  return { seconds, mebibytes: Number(stderr.split(mark)[1]) / 1024 };
}
