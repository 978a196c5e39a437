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

const deadlineMilliseconds = 3_600_000;

/** A way of applying a folder to the cluster of a bed. */
interface Way {
  readonly name: string;
  /** Seconds that it takes. */
  apply(bed: DeployBed, dist: string): Promise<number>;
}

const kubectl = (...flags: string[]): Way => ({
  name: ['kubectl apply', ...flags].join(' '),
  async apply({ cluster }, dist) {
    const start = performance.now();
    await succeed(cluster.kubectl, ['apply', ...flags, '--filename', dist], {
      timeoutMilliseconds: deadlineMilliseconds,
    });
    return (performance.now() - start) / 1_000;
  },
});

let longestSilence = 0;

// kubectl does not wait for controllers, so only what it does as well is compared.
const podhost: Way = {
  name: 'podhost deploy, its apply',
  async apply(bed) {
    const before = bed.printed().length;
    const { process, ended } = bed.start(['deploy', '--only', 'apply']);
    let said = '';
    let since = Number.POSITIVE_INFINITY;
    const applied = async () => {
      const printed = bed.printed().slice(before);
      const latest = printed.match(/Apply the \d+ objects .*/g)?.at(-1) ?? '';
      if (latest !== said) {
        said = latest;
        since = performance.now();
      }
      longestSilence = Math.max(longestSilence, performance.now() - since);
      return /: done in ([\d.]+) s/.exec(said)?.[1];
    };
    const seconds = await waitFor('apply', applied, { deadlineMilliseconds, needs: [process] });
    process.kill('SIGINT');
    await ended;
    return Number(seconds);
  },
};

/** Seconds that a way takes on an empty cluster, and again when nothing has changed. */
async function measured({ apply }: Way): Promise<readonly [first: number, again: number]> {
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

const plan = kubectl();
const ways = [plan, kubectl('--server-side'), podhost];
const rounds = new Map(ways.map((way): [Way, (readonly [number, number])[]] => [way, []]));
await buildPodhost();
// There and back, so that a machine that gets slower or faster favours none.
for (const way of [...ways, ...ways.toReversed()]) {
  const round = await measured(way);
  console.error(`${way.name}: ${round.map((seconds) => seconds.toFixed(1)).join(' s, again ')} s`);
  rounds.get(way)?.push(round);
}
const secondsOf = (way: Way, index: 0 | 1) => (rounds.get(way) ?? []).map((round) => round[index]);
const fastest = (way: Way, index: 0 | 1) => Math.min(...secondsOf(way, index));
console.log(`${size} services into an empty cluster, and again; both rounds, and the ratio of the faster ones:`);
for (const way of ways) {
  const [first, again] = ([0, 1] as const).map((index) => {
    const both = secondsOf(way, index).map((seconds) => seconds.toFixed(1));
    return `${both.join(' and ')} s ×${(fastest(way, index) / fastest(plan, index)).toFixed(2)}`;
  });
  console.log(`  ${way.name.padEnd(28)} ${first}   ${again}`);
}
console.log(`podhost was silent for ${(longestSilence / 1_000).toFixed(1)} s at the longest.`);
