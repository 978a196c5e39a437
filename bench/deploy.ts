import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeed } from '../e2e/cluster/kubectl.ts';
import { waitFor } from '../e2e/cluster/wait.ts';
import { type DeployBed, startDeployBed } from '../e2e/deploy/deployment.ts';
import { buildPodhost } from '../e2e/support/built-podhost.ts';
import type { ConfigChange } from '../e2e/support/system-config.ts';

// node --import tsx bench/deploy.ts [SERVICES]: needs what `npm run e2e:parts` builds.
const size = Number(process.argv[2] ?? 1_000);

/** Services of the example system. */
const present = 9;

/** Services without pods: what is measured is the way of the objects into the API server. */
const services: ConfigChange = Array.from({ length: size - present }, (_, index) => [
  ['services', present + index],
  { name: `extra-${index}`, image: 'registry.test/extra:1', port: 8080, replicas: 0 },
]);

/** A way of applying a folder to the cluster of a bed; resolves to the seconds that it took. */
type Way = (bed: DeployBed, dist: string) => Promise<number>;

const kubectl: Way = async ({ cluster }, dist) => {
  const start = performance.now();
  await succeed(cluster.kubectl, ['apply', '--server-side', '--filename', dist], { timeoutMilliseconds: 3_600_000 });
  return (performance.now() - start) / 1_000;
};

// kubectl does not wait for controllers, so only what it does as well is compared.
const podhost: Way = async (bed) => {
  const before = bed.printed().length;
  const { process, ended } = bed.start(['deploy', '--only', 'apply']);
  const applied = async () => /Apply the \d+ objects .*: done in ([\d.]+) s/.exec(bed.printed().slice(before))?.[1];
  const seconds = await waitFor('apply', applied, { deadlineMilliseconds: 3_600_000, needs: [process] });
  process.kill('SIGINT');
  await ended;
  return Number(seconds);
};

/** Seconds that a way takes on an empty cluster, and again when nothing has changed. */
async function measured(way: Way): Promise<[first: number, again: number]> {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
  const bed = await startDeployBed(folder);
  try {
    await bed.synth(services);
    const dist = join(folder, 'system');
    return [await way(bed, dist), await way(bed, dist)];
  } finally {
    await bed.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

// In this order, so that a machine that gets slower or faster favours neither.
const rounds = [kubectl, podhost, podhost, kubectl];
const figures = new Map<Way, [number, number][]>([
  [kubectl, []],
  [podhost, []],
]);
await buildPodhost();
for (const way of rounds) {
  figures.get(way)?.push(await measured(way));
}
const secondsOf = (way: Way, index: 0 | 1) => (figures.get(way) ?? []).map((it) => it[index]);
const fastest = (way: Way, index: 0 | 1) => Math.min(...secondsOf(way, index));
console.log(`${size} services into an empty cluster, and again; both rounds, and the ratio of the faster ones:`);
for (const [name, way] of [
  ['kubectl apply --server-side', kubectl],
  ['podhost deploy, its apply', podhost],
] as const) {
  const [first, again] = ([0, 1] as const).map((index) => {
    const rounds = secondsOf(way, index).map((seconds) => seconds.toFixed(1));
    return `${rounds.join(' and ')} s ×${(fastest(way, index) / fastest(kubectl, index)).toFixed(2)}`;
  });
  console.log(`  ${name.padEnd(28)} ${first}   ${again}`);
}
