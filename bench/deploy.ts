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
async function measured(apply: (bed: Bed, dist: string) => Promise<void>): Promise<[first: number, again: number]> {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-bench-'));
  const bed = await startDeployBed(folder);
  try {
    await bed.synth(services);
    const timed = async () => {
      const start = performance.now();
      await apply(bed, join(folder, 'system'));
      return (performance.now() - start) / 1_000;
    };
    return [await timed(), await timed()];
  } finally {
    await bed.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const kubectl = await measured(async ({ cluster }, dist) => {
  await succeed(cluster.kubectl, ['apply', '--server-side', '--filename', dist], { timeoutMilliseconds: 3_600_000 });
});
const podhost = await measured(async (bed) => {
  const { status, output } = await bed.run(['deploy', '--only', 'apply']);
  if (status !== 0) throw new Error(output);
});
console.log(`${size} services, whole processes, an empty cluster and again:`);
for (const [name, [first, again]] of [
  ['kubectl apply --server-side', kubectl],
  ['podhost deploy --only apply, with prune and rollouts', podhost],
] as const) {
  const ratio = (mine: number, theirs: number) => `×${(mine / theirs).toFixed(2)}`;
  console.log(
    `  ${name.padEnd(55)} ${first.toFixed(1)} s ${ratio(first, kubectl[0])}   ${again.toFixed(1)} s ${ratio(again, kubectl[1])}`,
  );
}
