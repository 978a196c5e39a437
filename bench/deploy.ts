import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeed } from '../e2e/cluster/kubectl.ts';
import { startDeployBed } from '../e2e/deploy/deployment.ts';
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

type Bed = Awaited<ReturnType<typeof startDeployBed>>;

/** Seconds that a way of applying takes on an empty cluster, and again when nothing has changed. */
async function measured(apply: (bed: Bed, dist: string) => Promise<number>): Promise<[first: number, again: number]> {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
  const bed = await startDeployBed(folder);
  try {
    await bed.synth(services);
    const dist = join(folder, 'system');
    return [await apply(bed, dist), await apply(bed, dist)];
  } finally {
    await bed.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const kubectl = await measured(async ({ cluster }, dist) => {
  const start = performance.now();
  await succeed(cluster.kubectl, ['apply', '--server-side', '--filename', dist], { timeoutMilliseconds: 3_600_000 });
  return (performance.now() - start) / 1_000;
});
// kubectl does not wait for controllers, so only what it does as well is compared.
const podhost = await measured(async (bed) => {
  const { status, output } = await bed.run(['deploy', '--only', 'apply']);
  const [, seconds] = /Apply the \d+ objects .*: done in ([\d.]+) s/.exec(output) ?? [];
  if (status !== 0 || seconds === undefined) throw new Error(output);
  return Number(seconds);
});
console.log(`${size} services into an empty cluster, and again:`);
for (const [name, [first, again]] of [
  ['kubectl apply --server-side', kubectl],
  ['podhost deploy, its apply', podhost],
] as const) {
  const ratio = (mine: number, theirs: number) => `×${(mine / theirs).toFixed(2)}`;
  console.log(
    `  ${name.padEnd(30)} ${first.toFixed(1)} s ${ratio(first, kubectl[0])}   ${again.toFixed(1)} s ${ratio(again, kubectl[1])}`,
  );
}
