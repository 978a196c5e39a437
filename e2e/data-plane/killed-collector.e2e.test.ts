import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningProcess } from '../parts/process.ts';
import { agentAdaptions, Bed } from './bed.ts';
import type { CollectorProcess } from './collector-process.ts';
import { figures } from './figures.ts';
import { Load } from './load.ts';
import type { ServiceProcess } from './service-process.ts';

const rate = 200;
/** The SDK sends by 512; what one pod makes in three seconds, in whole batches. */
const bound = Math.ceil((3 * rate) / 512) * 512;
let bed: Bed;
let agents: CollectorProcess[];
let services: ServiceProcess[];

beforeAll(async () => {
  bed = await Bed.start();
  agents = await bed.startAgents();
  services = await bed.startServices(await bed.servicePods('app.kubernetes.io/name=query-service'));
});
afterAll(() => bed?.stop());

/** Has the first collector end, starts it again, and returns how long it was away. */
async function replaceFirst(end: (process: RunningProcess) => Promise<unknown>): Promise<number> {
  const [first, ...others] = agents;
  if (first === undefined) throw new Error('there is no collector');
  // SDKs try again for ten seconds: the time that kubectl takes is none in which it is away.
  const startNext = await bed.prepareCollector(first.pod, agentAdaptions);
  const since = performance.now();
  await end(first.process);
  agents = [await startNext(), ...others];
  return Math.round(performance.now() - since);
}

describe('under load', () => {
  test('a collector that is stopped and started again loses no span', async () => {
    const load = new Load(bed.sink, 'restart', rate);
    await load.begin(...services);
    await load.flows(500);
    const away = await replaceFirst((process) => process.stop(30_000));
    await load.flows(500);
    const { sent, lost, twice, counted } = await load.end();
    figures('collector restarted', { sent, lost, twice, 'not counted': sent - counted, 'away ms': away });
    expect(lost).toBe(0);
    // The connector does not tell at its end what it has counted since it told last.
    expect(sent - counted).toBeLessThanOrEqual(bound);
    expect(twice).toBe(0);
  });

  test('a collector that is killed loses what it had not sent yet, and nothing of others', async () => {
    const load = new Load(bed.sink, 'kill', rate);
    await load.begin(...services);
    await load.flows(500);
    const away = await replaceFirst((process) => {
      process.kill('SIGKILL');
      return process.exited;
    });
    await load.flows(500);
    const { sent, lost, twice, counted, lostBySender } = await load.end();
    figures('collector killed', { sent, lost, bound, twice, 'not counted': sent - counted, 'away ms': away });
    expect(lost).toBeLessThanOrEqual(bound);
    const others = services.filter(({ pod }) => pod.spec.nodeName !== agents[0]?.pod.spec.nodeName);
    for (const { pod } of others) expect(lostBySender[pod.metadata.uid]).toBe(0);
  });
});
