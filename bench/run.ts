import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contender, isOnPath, timed } from './contender.ts';
import { writeHelmChart } from './helm-chart.ts';
import { writeKustomization } from './kustomization.ts';
import { systemOfSize } from './system-of-size.ts';

/** Services in a system, and how often each command is run on it. */
const sizes = [
  { size: 9, runs: 5 },
  { size: 100, runs: 3 },
  { size: 1000, runs: 1 },
];

const podhost = ['build/lib/cli/podhost.js', 'synth'];

function contendersFor(folder: string, size: number): Contender[] {
  const config = join(folder, 'system.yaml');
  const dist = join(folder, 'dist');
  writeFileSync(config, systemOfSize(size));
  const first: Contender = {
    name: 'podhost synth',
    command: ['node', ...podhost, '--config', config, '--output', dist],
  };
  timed(first);
  const contenders: Contender[] = [
    { ...first, name: 'podhost synth (again, nothing changed)' },
    { ...first, name: 'podhost synth', command: ['sh', '-c', `rm -rf ${dist}; exec ${first.command.join(' ')}`] },
    {
      name: 'cdk8s synth, same constructs',
      command: [
        'npx',
        'cdk8s',
        'synth',
        '--app',
        'node --import tsx bench/bare-app.ts',
        '--output',
        join(folder, 'bare'),
      ],
      env: { PODHOST_CONFIG: config, CDK8S_CHECK_UPGRADE: 'false' },
    },
  ];
  if (isOnPath('helm', 'version')) {
    writeHelmChart(join(folder, 'chart'), dist, size);
    contenders.push({ name: 'helm template', command: ['helm', 'template', 'bench', join(folder, 'chart')] });
  }
  if (isOnPath('kubectl', 'version', '--client')) {
    writeKustomization(join(folder, 'kustomize'), dist);
    contenders.push({ name: 'kubectl kustomize', command: ['kubectl', 'kustomize', join(folder, 'kustomize')] });
  }
  return contenders;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
console.log('Whole processes, median seconds and ratio to `podhost synth`, rounds in turn.');
for (const { size, runs } of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
  try {
    const contenders = contendersFor(folder, size);
    const seconds = new Map(contenders.map(({ name }) => [name, [] as number[]]));
    for (let run = 0; run < runs; run++) {
      for (const contender of contenders) {
        seconds.get(contender.name)?.push(timed(contender));
      }
    }
    const reference = median(seconds.get('podhost synth') ?? []);
    console.log(`\n${size} services, ${runs} runs`);
    for (const [name, values] of seconds) {
      const value = median(values);
      console.log(`  ${name.padEnd(40)} ${value.toFixed(2)} s  ×${(value / reference).toFixed(2)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
