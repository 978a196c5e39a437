import { ourConfiguration } from './agent-pipeline.ts';
import { type Bed, type Contender, withBed } from './bed.ts';
import { chartConfiguration } from './chart-pipeline.ts';
import { spread, spreadText } from './figures.ts';
import { checkEnriched, missing, outputOf } from './output.ts';
import { type Measured, measureRounds } from './rounds.ts';

/** The chart groups the spans of a trace for 30 s: those of one round come out while its next one goes in. */
const secondsEach = 15;
const rounds = 3;
/** About a tenth of a core for ours and a third for the chart's: nobody has to wait. */
const spansPerSecond = 3_000;

/** The soft memory limits are those of the deliveries: 80 % of 512 MiB, and of 2 GB. */
const contenders: readonly Contender[] = [
  { name: 'ours', env: { GOMEMLIMIT: '409MiB' }, configuration: ourConfiguration },
  { name: 'chart', env: { GOMEMLIMIT: '1525MiB' }, configuration: chartConfiguration },
];

const goal = { spansPerCpuSecond: 2, memory: 1 };

const started = performance.now();
const say = (line: string) => {
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  console.log(`${seconds.padStart(4)} s  ${line}`);
};

console.log('Agent pipeline of the manifests against that of otel-integration 0.0.331; about two and a half minutes.');
await withBed(contenders, async (bed) => {
  const { sides, pods } = bed;
  say(`${pods.length} pods on one node; ${spansPerSecond} spans/s, ${secondsEach} s for each side in turn`);
  const marked = await Promise.all(sides.map(({ load }) => load.sendMarked()));
  const turn = { seconds: secondsEach, spansPerSecond };
  await measureRounds(sides, { ...turn, rounds: 1, onRound: () => say('warm') });
  const onRound = (round: number) => say(`round ${round} of ${rounds}`);
  const measured = await measureRounds(sides, { ...turn, rounds, onRound });
  checkOutput(bed, marked);
  report(measured);
});

/** The comparison is worth something only when both did the same work. */
function checkOutput({ sides, sink, pods }: Bed, marked: readonly number[]): void {
  const outputs = sides.map(({ name }, index) => {
    const spans = sink.received(name, 'spans');
    const enriched = checkEnriched(spans, pods);
    if (enriched !== marked[index]) throw new Error(`${name}: ${enriched} of ${marked[index]} marked spans came out`);
    return outputOf(spans, sink.received(name, 'metrics'));
  });
  const [ours, chart] = outputs;
  if (ours === undefined || chart === undefined || ours.series.length === 0) throw new Error('nothing came out');
  for (const what of ['spans', 'series'] as const) {
    const different = [...missing(ours[what], chart[what]), ...missing(chart[what], ours[what])];
    if (different.length > 0) throw new Error(`${what} of one side only: ${different.length}, e.g. ${different[0]}`);
  }
  say(`same output: every span with its pod, ${ours.spans.length} different spans, ${ours.series.length} series`);
}

function report([ours, chart]: readonly Measured[]): void {
  if (ours === undefined || chart === undefined) throw new Error('nothing was measured');
  for (const { name, spansPerCpuSecond, peakMebibytes } of [ours, chart]) {
    const spans = spreadText(spread(spansPerCpuSecond), 0);
    say(
      `${name.padEnd(5)} spans per CPU-second, min / median / max: ${spans}; peak memory ${peakMebibytes.toFixed(0)} MiB`,
    );
  }
  const spans = spread(
    ours.spansPerCpuSecond.map((value, round) => value / (chart.spansPerCpuSecond[round] ?? Number.NaN)),
  );
  const memory = ours.peakMebibytes / chart.peakMebibytes;
  say(`ours to the chart's: spans per CPU-second ×${spreadText(spans)} (goal: ${goal.spansPerCpuSecond} or more)`);
  say(`ours to the chart's: peak memory ×${memory.toFixed(2)} (goal: less than ${goal.memory})`);
  if (spans.median < goal.spansPerCpuSecond || memory >= goal.memory) process.exitCode = 1;
}
