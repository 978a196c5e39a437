import { afterAll, beforeAll, expect, test } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { Bed } from './bed.ts';
import { figures } from './figures.ts';
import { senderOf } from './findings/sender.ts';
import { spanFindings } from './findings/span-findings.ts';
import { Load } from './load.ts';

const run = 'replaced';
const selector = 'app.kubernetes.io/name=validation-service';
let bed: Bed;

beforeAll(async () => {
  bed = await Bed.start();
  await bed.startAgents();
});
afterAll(async () => {
  await bed?.kubectl.kubectl(['uncordon', 'node-a', 'node-b']);
  await bed?.stop();
});

test('a pod that is replaced while it sends loses no span, and each span names the pod that made it', async () => {
  const [before] = await bed.servicePods(selector);
  if (before === undefined) throw new Error('the service has no pod');
  const load = new Load(bed.sink, run, 200);
  const first = await bed.startService(before);
  const expectedBefore = await senderOf(bed.kubectl, before, 0);
  await load.begin(first);
  await load.flows(300);
  const { name, namespace } = before.metadata;
  // On the other node it has another address for sure; on the same one it may get that of the pod before.
  await succeed(bed.kubectl.kubectl, ['cordon', before.spec.nodeName]);
  await succeed(bed.kubectl.kubectl, ['delete', 'pod', name, '--namespace', namespace, '--wait=false']);
  await load.terminate(first);
  const after = await waitFor('the next pod', async () => {
    const pods = await bed.servicePods(selector);
    return pods.find((pod) => pod.metadata.uid !== before.metadata.uid);
  });
  await load.begin(await bed.startService(after));
  await load.flows(300);
  const { sent, lost, twice, counted } = await load.end();
  figures('pod replaced while sending', { sent, lost, twice, 'not counted': sent - counted });
  expect({ lost, twice, counted }).toEqual({ lost: 0, twice: 0, counted: sent });
  const senders = [
    { ...expectedBefore, sent: load.sent.get(before.metadata.uid) ?? 0 },
    await senderOf(bed.kubectl, after, load.sent.get(after.metadata.uid) ?? 0),
  ];
  expect(senders[0]?.resource['k8s.pod.ip']).not.toBe(senders[1]?.resource['k8s.pod.ip']);
  expect(spanFindings(senders, await bed.sink.spans(run))).toEqual([]);
});
