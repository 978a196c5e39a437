import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { manifest } from '../cluster/fixtures.ts';
import { succeed } from '../cluster/kubectl.ts';
import { Bed } from './bed.ts';
import { podAndHostFindings } from './findings/findings.ts';
import { planApplication, planNamespace } from './plan/application.ts';
import { chartClusterCollector } from './plan/cluster-collector.ts';
import { runningPods } from './pods.ts';
import { kubeconfigForToken } from './runnable-configuration.ts';

const service = 'validation-service';
let bed: Bed;

const apply = async (objects: readonly object[]) => {
  await succeed(bed.kubectl.kubectl, ['apply', '--filename', '-'], { input: manifest(...objects) });
  const all = ['deployment', '--all', '--namespace', planNamespace];
  await succeed(bed.kubectl.kubectl, ['wait', '--for=condition=Available', '--timeout=30s', ...all]);
};
const podsOf = (app: string) => runningPods(bed.kubectl, planNamespace, `app=${app}`);

async function look(run: string, agents: Parameters<typeof podAndHostFindings>[1]['agents']): Promise<string[]> {
  const pods = await podsOf(service);
  const services = await Promise.all(pods.map((pod) => bed.startService(pod, 'plan_telemetry')));
  return podAndHostFindings(bed, { run, agents, services, withoutProvider: false, patienceMilliseconds: 10_000 });
}

beforeAll(async () => {
  bed = await Bed.start();
  await apply(planApplication(service, 'node-b'));
});

afterAll(async () => {
  await bed?.kubectl.kubectl(['delete', 'namespace', planNamespace]);
  await bed?.stop();
});

describe('the plan taken literally', () => {
  test('brings nothing at all when the collector is in a namespace of its own', async () => {
    const [pod] = await podsOf(service);
    const title = `pod ${planNamespace}/${pod?.metadata.name}`;
    expect(await look('literal', await bed.startAgents())).toEqual([
      `endpoint http://coralogix-opentelemetry-collector:4317 of ${title} leads nowhere: Service coralogix-opentelemetry-collector in namespace ${planNamespace} does not exist`,
      `${title} sent 20 spans, 0 arrived`,
      `no calls and duration of ${service} (${title})`,
    ]);
  });

  test('brings no span metrics, no pod IP and a wrong host when the collector is beside the application', async () => {
    await apply(chartClusterCollector(inject('sharedCluster').sinkPort, 'node-a'));
    const [collectorPod] = await podsOf('coralogix-opentelemetry-collector');
    if (collectorPod === undefined) throw new Error('the collector has no pod');
    const collector = await bed.startCollector(collectorPod, [kubeconfigForToken]);
    const [pod] = await podsOf(service);
    const title = `pod ${planNamespace}/${pod?.metadata.name}`;
    expect(await look('beside', [collector])).toEqual([
      `endpoint http://coralogix-opentelemetry-collector:4317 of ${title} leads to node-a, but the pod is on node-b: internalTrafficPolicy must be Local`,
      `span without k8s.pod.ip from ${title}`,
      `span with host.name ${collectorPod.metadata.name} from ${title}, whose is node-b`,
      `no calls and duration of ${service} (${title})`,
    ]);
  });
});
