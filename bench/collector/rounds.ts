import type { Side } from './bed.ts';
import { counter } from './collector-process.ts';
import { cpuSeconds, memory } from './process-usage.ts';

export interface RoundsOptions {
  readonly rounds: number;
  /** Of load for each side in each round. */
  readonly seconds: number;
  readonly spansPerSecond: number;
  /** Called after each round. */
  readonly onRound: (round: number) => void;
}

/** What one side did, round by round. */
export interface Measured {
  readonly name: string;
  readonly spansPerCpuSecond: readonly number[];
  readonly peakMebibytes: number;
}

const accepted = (side: Side) => counter(side.host, 'otelcol_receiver_accepted_spans');

/**
 * Loads one side after the other, round after round. What a side uses while the others have their turn is its own
 * too: what it still has to do for its spans, and to send its metrics.
 */
export async function measureRounds(sides: readonly Side[], options: RoundsOptions): Promise<Measured[]> {
  const { rounds, seconds, spansPerSecond, onRound } = options;
  const figures = sides.map((side) => ({ side, marks: [] as Mark[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { side, marks } of figures) {
      // From the beginning of one turn to that of the next; after the last round only the mark is made.
      marks.push({ cpu: cpuSeconds(side.process.pid), spans: await accepted(side) });
      if (round < rounds) await side.load.send(spansPerSecond, seconds);
    }
    if (round < rounds) onRound(round + 1);
  }
  return figures.map(({ side, marks }) => ({
    name: side.name,
    spansPerCpuSecond: perCpuSecond(marks),
    peakMebibytes: memory(side.process.pid).peak,
  }));
}

interface Mark {
  readonly cpu: number;
  readonly spans: number;
}

const perCpuSecond = (marks: readonly Mark[]): number[] =>
  marks.slice(1).map((mark, index) => {
    const before = marks[index] ?? mark;
    const spans = mark.spans - before.spans;
    if (spans <= 0) throw new Error('the collector counted no spans');
    return spans / (mark.cpu - before.cpu);
  });
