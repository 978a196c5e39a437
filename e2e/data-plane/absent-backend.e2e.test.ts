import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { putSecrets } from '../support/example-system.ts';
import { agentAdaptions, Bed } from './bed.ts';
import type { CollectorProcess } from './collector-process.ts';
import { figures } from './figures.ts';
import { logFindings } from './findings/log-findings.ts';
import { Load } from './load.ts';
import type { ServiceProcess } from './service-process.ts';
import { requests } from './span-plan.ts';

const rate = 200;
/** The SDK sends by 512; what one pod makes in three seconds, in whole batches. */
const batchesOnTheirWay = Math.ceil((3 * rate) / 512) * 512;
let bed: Bed;
let agents: CollectorProcess[];
let services: ServiceProcess[];

beforeAll(async () => {
  bed = await Bed.start();
  agents = await bed.startAgents();
  services = await bed.startServices(await bed.servicePods('app.kubernetes.io/name=query-service'));
});
afterAll(async () => {
  if (bed === undefined) return;
  await putSecrets(bed.kubectl);
  await bed.stop();
});

describe('a back end', () => {
  test('that is away for a while costs nothing, and only what was on its way comes twice', async () => {
    const seconds = 6;
    const load = new Load(bed.sink, 'away', rate);
    await load.begin(...services);
    await load.flows(500);
    await bed.sink.goAway();
    await sleep(seconds * 1_000);
    await bed.sink.comeBack();
    await load.flows(500);
    const { sent, lost, twice, counted } = await load.end(20_000);
    figures(`back end away for ${seconds} s`, { sent, lost, twice, 'not counted': sent - counted });
    expect({ lost, counted }).toEqual({ lost: 0, counted: sent });
    // A collector cannot tell whether a request whose answer was cut off has arrived, and sends it again.
    expect(twice).toBeLessThanOrEqual(services.length * batchesOnTheirWay);
  });

  test('that answers slowly costs nothing', async () => {
    const delay = 2;
    const load = new Load(bed.sink, 'slow', rate);
    await bed.sink.behave({ delay });
    await load.begin(...services);
    await load.flows(2_000, 60_000);
    const { sent, lost, twice, counted } = await load.end(10_000);
    await bed.sink.behave({ delay: 0 });
    figures(`back end that answers after ${delay} s`, { sent, lost, twice, 'not counted': sent - counted });
    expect({ lost, twice, counted }).toEqual({ lost: 0, twice: 0, counted: sent });
  });

  test('that refuses the key is named in the log, and what is dropped is counted', async () => {
    expect(logFindings(agents).filter((finding) => finding.includes('Unauthenticated'))).toEqual([]);
    await putSecrets(bed.kubectl, 'wrong');
    const [service] = services;
    const agent = agents.find(({ pod }) => pod.spec.nodeName === service?.pod.spec.nodeName);
    if (service === undefined || agent === undefined) throw new Error('there is no service with a collector');
    await agent.process.stop();
    const restarted = await bed.startCollector(agent.pod, agentAdaptions);
    const sent = await service.send(requests('wrong key', service.pod.metadata.uid));
    await service.flush();
    const dropped = await waitFor('dropped spans', async () => {
      const count = (await restarted.metrics()).sum('otelcol_exporter_send_failed_spans');
      return count >= sent ? count : undefined;
    });
    // It is counted before it is logged.
    const line = await waitFor('the refusal in the log', async () =>
      logFindings([restarted]).find((finding) =>
        /Exporting failed.*Unauthenticated.*invalid private key/.test(finding),
      ),
    );
    figures('wrong key', { sent, 'dropped and counted': dropped, 'log line': line });
    expect(dropped).toBe(sent);
    expect((await bed.sink.count('wrong key')).arrived).toBe(0);
    expect((await bed.sink.visits()).unauthenticated).toBeGreaterThan(0);
  });
});
