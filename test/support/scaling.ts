import { expect } from 'vitest';

export interface ScalingProps {
  /**
   * How many times the CPU time may grow where the size doubles. Linear work takes twice as long, quadratic work four
   * times.
   *
   * @default 3
   */
  readonly limit?: number;
  /**
   * CPU time that is long enough to be measured, in milliseconds; the size is doubled until a run takes as long.
   *
   * @default 12
   */
  readonly least?: number;
  /**
   * How often it is measured again when the time grows too fast: another process may have been in the way.
   *
   * @default 6
   */
  readonly tries?: number;
}

/**
 * Demands that work grows no faster than its input, by the CPU time of this process.
 *
 * @param prepare makes the input of a size, and returns the work, which alone is measured
 * @param size where to begin
 */
export function expectLinear(prepare: (size: number) => () => unknown, size: number, props: ScalingProps = {}): void {
  const { limit = 3, least = 12, tries = 6 } = props;
  let small = { size, time: best(prepare(size), 2) };
  while (small.time < least) {
    small = { size: 2 * small.size, time: best(prepare(2 * small.size), 2) };
  }
  const growths: number[] = [];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = Math.min(small.time, best(prepare(small.size), 1));
    const growth = best(prepare(2 * small.size), 2) / before;
    if (growth < limit) {
      return;
    }
    growths.push(growth);
  }
  expect(Math.min(...growths), `from size ${small.size} to ${2 * small.size} the CPU time grew`).toBeLessThan(limit);
}

/** The shortest of some runs, in milliseconds of CPU time. */
function best(work: () => unknown, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => cpuTime(work)));
}

function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
