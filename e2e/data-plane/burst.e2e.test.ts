import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { Bed } from './bed.ts';
import type { CollectorProcess } from './collector-process.ts';
import { figures } from './figures.ts';
import type { ServiceProcess } from './service-process.ts';
import { marks } from './span-plan.ts';

const run = 'burst';
let bed: Bed;
let agent: CollectorProcess;
let service: ServiceProcess;

beforeAll(async () => {
  bed = await Bed.start();
  const [pod] = await bed.servicePods('app.kubernetes.io/name=validation-service');
  if (pod === undefined) throw new Error('the service has no pod');
  const started = (await bed.startAgents()).find((candidate) => candidate.pod.spec.nodeName === pod.spec.nodeName);
  if (started === undefined) throw new Error('the node has no collector');
  agent = started;
  service = await bed.startService(pod);
});
afterAll(() => bed?.stop());

/** Most memory that the process has ever had. */
const peakMebibytes = () =>
  Math.ceil(Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${agent.process.pid}/status`, 'utf8'))?.[1]) / 1_024);

test('a burst beyond the limits while the back end is away is refused in time, counted, and costs nothing else', async () => {
  await bed.sink.goAway();
  const attributes = marks(run, service.pod.metadata.uid);
  const answers = await service.burst({ requests: 400, spans: 500, bytes_each: 4_000, attributes });
  const { accepted = 0, UNAVAILABLE: refused = 0 } = answers;
  const sent = Object.values(answers).reduce((sum, one) => sum + one, 0);
  const counted = (await agent.metrics()).sum('otelcol_receiver_refused_spans');
  await bed.sink.comeBack();
  const arrived = await waitFor(
    'all accepted spans',
    async () => {
      const { unique } = await bed.sink.count(run);
      return unique >= accepted ? unique : undefined;
    },
    { deadlineMilliseconds: 180_000 },
  );
  const limit = agent.memoryLimitMebibytes;
  figures('burst', {
    sent,
    accepted,
    refused,
    'counted as refused': counted,
    arrived,
    'peak MiB': peakMebibytes(),
    'limit MiB': limit,
  });
  expect(refused).toBeGreaterThan(0);
  expect(accepted + refused).toBe(sent);
  expect(counted).toBe(refused);
  expect(arrived).toBe(accepted);
  expect(agent.process.running).toBe(true);
  expect(peakMebibytes()).toBeLessThan(limit);
}, 300_000);
