import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

beforeEach(async () => {
  bed = await Bed.start();
  agents = await bed.startAgents();
  services = await bed.startServices(await bed.servicePods('app.kubernetes.io/name=query-service'));
});
afterEach(() => bed?.stop());

const agentOn = (node: string) => {
  const agent = agents.find(({ pod }) => pod.spec.nodeName === node);
  if (agent === undefined) throw new Error(`no collector on ${node}`);
  return agent;
};

describe('under load', () => {
  test('a collector that is stopped and started again loses no span', async () => {
    const load = new Load(bed.sink, 'restart', rate);
    await load.begin(...services);
    await load.flows(500);
    const { process, pod } = agentOn('node-a');
    const since = performance.now();
    await process.stop(30_000);
    await bed.startCollector(pod, agentAdaptions);
    const away = Math.round(performance.now() - since);
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
    const { process, pod } = agentOn('node-a');
    const since = performance.now();
    process.kill('SIGKILL');
    await process.exited;
    await bed.startCollector(pod, agentAdaptions);
    const away = Math.round(performance.now() - since);
    await load.flows(500);
    const { sent, lost, twice, counted, lostBySender } = await load.end();
    figures('collector killed', { sent, lost, bound, twice, 'not counted': sent - counted, 'away ms': away });
    expect(lost).toBeLessThanOrEqual(bound);
    const others = services.filter((service) => service.pod.spec.nodeName !== 'node-a');
    for (const { pod } of others) expect(lostBySender[pod.metadata.uid]).toBe(0);
  });
});
