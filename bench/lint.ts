import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MeasuredProcess, measured } from './measured-process.ts';
import { systemOfSize } from './system-of-size.ts';

const podhost = 'build/lib/cli/podhost.js';

/** Services in a system, and how often it is linted. */
const sizes = [
  { size: 1000, runs: 5 },
  { size: 10_000, runs: 3 },
];

/** Writes the manifests of a system of a size. */
function synthesize(folder: string, size: number): string {
  const config = join(folder, 'system.yaml');
  const dist = join(folder, 'dist');
  writeFileSync(config, systemOfSize(size));
  measured(podhost, 'synth', '--config', config, '--output', dist);
  return dist;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const summary = (runs: readonly MeasuredProcess[]) => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)),
  mebibytes: Math.max(...runs.map(({ mebibytes }) => mebibytes)),
});

spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
console.log('podhost lint, whole processes: median seconds by the clock and of CPU, highest peak of resident memory.');
for (const { size, runs } of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
  try {
    const dist = synthesize(folder, size);
    const all = Array.from({ length: runs }, () => measured(podhost, 'lint', dist));
    const { seconds, cpuSeconds, mebibytes } = summary(all);
    console.log(
      [
        `${String(size).padStart(6)} services, ${readdirSync(dist).length} files, ${runs} runs:`,
        `${seconds.toFixed(2)} s,`,
        `${cpuSeconds.toFixed(2)} s of CPU (${((cpuSeconds / size) * 1000).toFixed(2)} ms a service),`,
        `${mebibytes.toFixed(0)} MiB (${((mebibytes / size) * 1024).toFixed(0)} KiB a service)`,
      ].join(' '),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
