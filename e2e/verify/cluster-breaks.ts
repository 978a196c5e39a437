import { appendFileSync, writeFileSync } from 'node:fs';
import { inject } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { troubledImages } from '../cluster/troubled-pods.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Bed } from '../data-plane/bed.ts';
import { changeText, type ObjectName, remove, restore, rolledOut } from '../data-plane/manifest-change.ts';
import { request } from '../data-plane/span-plan.ts';
import { exampleSystem, putSecrets } from '../support/example-system.ts';
import type { Break } from './break.ts';
import { agent, agentName, collectorContainer, deployment, service, verified } from './names.ts';

const { namespace, collectorNamespace } = exampleSystem;

const back =
  (file: string, ...objects: readonly ObjectName[]) =>
  async (bed: Bed): Promise<void> => {
    await restore(bed.kubectl, bed.dist, file);
    for (const object of objects) await rolledOut(bed.kubectl, object);
  };

/** Pods read a ConfigMap at their start only. */
async function restarted({ kubectl }: Bed): Promise<void> {
  for (const name of verified) {
    const object = { kind: 'deployment', name, namespace };
    await succeed(kubectl.kubectl, ['rollout', 'restart', `deployment/${name}`, '--namespace', namespace]);
    await rolledOut(kubectl, object);
  }
}

/** The pods of an object are those of its template, whether they run or not. */
const replaced = async (bed: Bed, selector: string, image: string): Promise<void> => {
  await waitFor(`pods with ${image}`, async () => {
    const { stdout } = await bed.kubectl.kubectl([
      'get',
      'pods',
      '--all-namespaces',
      '--selector',
      selector,
      '--output',
      'json',
    ]);
    return stdout.includes('"waiting"') ? true : undefined;
  });
};

/** Ways to break the cluster, while what is committed stays as it was. */
export const clusterBreaks: readonly Break[] = [
  {
    name: 'the alias Service is deleted',
    take: (bed) => remove(bed.kubectl, { kind: 'service', name: 'coralogix-opentelemetry-collector', namespace }),
    putBack: back('10-collector-endpoint.yaml'),
    hop: 'applied',
    cause: `Service coralogix-opentelemetry-collector of namespace ${namespace} is not in the cluster`,
  },
  {
    name: "the traffic policy of the agent's Service is changed",
    take: (bed) =>
      changeText(
        bed.kubectl,
        { kind: 'service', name: 'coralogix-opentelemetry', namespace: collectorNamespace },
        '"internalTrafficPolicy": "Local"',
        '"internalTrafficPolicy": "Cluster"',
      ),
    putBack: back('15-collector-agent.yaml'),
    hop: 'applied',
    cause: 'spec.internalTrafficPolicy is "Cluster"',
  },
  {
    name: 'the pod IP is taken from the attributes',
    take: async (bed) => {
      await changeText(bed.kubectl, deployment, 'k8s.pod.ip=$(K8S_POD_IP),', '');
      await rolledOut(bed.kubectl, deployment);
    },
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'applied',
    cause: 'env[OTEL_RESOURCE_ATTRIBUTES].value is',
  },
  {
    name: 'an image cannot be pulled',
    take: async (bed) => {
      await changeText(bed.kubectl, deployment, 'dataprime-query-service:latest', troubledImages.absent);
      await replaced(bed, `app.kubernetes.io/name=${service}`, troubledImages.absent);
    },
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'rollout',
    cause: 'its image cannot be pulled (ImagePullBackOff)',
  },
  {
    name: 'the agent crashes because of a duplicate dimension',
    take: async (bed) => {
      const log = inject('sharedCluster').logs[collectorContainer] ?? '';
      appendFileSync(
        log,
        `${new Date().toISOString()} stdout F Error: invalid configuration: duplicate dimension name "service.version"\n`,
      );
      await changeText(
        bed.kubectl,
        agent,
        'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:0.155.0',
        troubledImages.crashing,
      );
      await replaced(bed, `app.kubernetes.io/name=${agentName}`, troubledImages.crashing);
    },
    putBack: async (bed) => {
      writeFileSync(inject('sharedCluster').logs[collectorContainer] ?? '', '');
      await back('15-collector-agent.yaml', agent)(bed);
    },
    hop: 'collector',
    cause: 'crash loop: duplicate dimension service.version',
  },
  {
    name: 'the endpoint in the ConfigMap is changed',
    take: (bed) =>
      changeText(
        bed.kubectl,
        { kind: 'configmap', name: 'dataprime-config', namespace },
        'http://coralogix-opentelemetry-collector:4317',
        'http://localhost:4317',
      ),
    putBack: async (bed) => {
      await back('10-config.yaml')(bed);
      await restarted(bed);
    },
    hop: 'applied',
    cause: 'data.OTEL_EXPORTER_OTLP_ENDPOINT is "http://localhost:4317"',
  },
  {
    name: 'a Deployment is deleted',
    take: (bed) => remove(bed.kubectl, deployment),
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'applied',
    cause: `Deployment ${namespace}/${service} is not in the cluster`,
  },
  {
    name: "the agent's Service is deleted",
    take: (bed) =>
      remove(bed.kubectl, { kind: 'service', name: 'coralogix-opentelemetry', namespace: collectorNamespace }),
    putBack: back('15-collector-agent.yaml'),
    hop: 'applied',
    cause: `Service coralogix-opentelemetry of namespace ${collectorNamespace} is not in the cluster`,
  },
  {
    name: 'the configuration of the agent is changed',
    take: (bed) =>
      changeText(
        bed.kubectl,
        { kind: 'configmap', name: agentName, namespace: collectorNamespace },
        'domain: eu2.coralogix.com',
        'domain: eu1.coralogix.com',
      ),
    putBack: back('15-collector-agent.yaml'),
    hop: 'applied',
    cause: 'exporters.coralogix.domain is "eu1.coralogix.com"',
  },
  {
    name: 'the service crashes',
    take: async (bed) => {
      await changeText(bed.kubectl, deployment, 'dataprime-query-service:latest', troubledImages.crashing);
      await replaced(bed, `app.kubernetes.io/name=${service}`, troubledImages.crashing);
    },
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'rollout',
    cause: 'a pod does not run: crash loop: exit status 1',
  },
  {
    name: 'a rollout is paused',
    take: async (bed) => {
      const of = [`deployment/${service}`, '--namespace', namespace];
      await succeed(bed.kubectl.kubectl, ['rollout', 'pause', ...of]);
      await succeed(bed.kubectl.kubectl, ['set', 'image', ...of, `${service}=dataprime-query-service:next`]);
    },
    putBack: async (bed) => {
      await succeed(bed.kubectl.kubectl, ['rollout', 'resume', `deployment/${service}`, '--namespace', namespace]);
      await back(`30-${service}.yaml`, deployment)(bed);
    },
    hop: 'rollout',
    cause: 'the rollout is paused',
  },
  {
    name: 'a Secret of the service has lost a key',
    take: (bed) =>
      changeText(
        bed.kubectl,
        { kind: 'secret', name: 'dataprime-secrets', namespace },
        '"OPENAI_API_KEY":',
        '"ANOTHER_KEY":',
      ),
    putBack: (bed) => putSecrets(bed.kubectl),
    hop: 'environment',
    cause: `Secret dataprime-secrets of namespace ${namespace} has no key OPENAI_API_KEY`,
  },
  {
    name: 'a node runs no agent',
    take: async (bed) => {
      const selector = { spec: { template: { spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-a' } } } } };
      const patch = [
        'patch',
        'daemonset',
        agentName,
        '--namespace',
        collectorNamespace,
        '--patch',
        JSON.stringify(selector),
      ];
      await succeed(bed.kubectl.kubectl, patch);
      await waitFor('the pod on node-b to end', async () =>
        (await bed.collectorPods()).every(({ spec }) => spec.nodeName === 'node-a') ? true : undefined,
      );
      await rolledOut(bed.kubectl, agent);
    },
    putBack: async (bed) => {
      const none = JSON.stringify({ spec: { template: { spec: { nodeSelector: null } } } });
      const patch = ['patch', 'daemonset', agentName, '--namespace', collectorNamespace, '--patch', none];
      await succeed(bed.kubectl.kubectl, patch);
      await rolledOut(bed.kubectl, agent);
    },
    hop: 'collector',
    cause: 'runs no pod on node node-b',
  },
  {
    name: 'the ConfigMap changed after the pods had started',
    take: async (bed) => {
      const configMap = { kind: 'configmap', name: 'dataprime-config', namespace };
      const [endpoint, other] = ['http://coralogix-opentelemetry-collector:4317', 'http://localhost:4317'];
      await changeText(bed.kubectl, configMap, endpoint, other);
      await changeText(bed.kubectl, configMap, other, endpoint);
    },
    putBack: restarted,
    hop: 'environment',
    cause: 'ConfigMap dataprime-config changed after the pods had started',
  },
  // Late, because agents that have failed once are looked at twice from then on, with five seconds between.
  {
    name: 'Coralogix refuses the key of the agents',
    take: async ({ sink }, services) => {
      await sink.behave({ key: 'another-key' });
      for (const each of services) await each.begin(request('refused', 'refused', each.pod.metadata.uid), 20);
      await waitFor('a refused export', async () => ((await sink.visits()).unauthenticated > 0 ? true : undefined));
    },
    putBack: async ({ sink }, services) => {
      for (const each of services) await each.end();
      await sink.behave({ key: exampleSystem.privateKey });
    },
    hop: 'intake',
    cause: 'fails to send',
  },
  // Last, because the Secret is another one from then on.
  {
    name: 'the Secret with the private key is deleted',
    take: (bed) =>
      remove(bed.kubectl, { kind: 'secret', name: exampleSystem.collectorSecret, namespace: collectorNamespace }),
    putBack: (bed) => putSecrets(bed.kubectl),
    hop: 'collector',
    cause: `Secret ${exampleSystem.collectorSecret} does not exist`,
  },
];
