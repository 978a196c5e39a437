import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exampleSystem } from '../support/example-system.ts';
import { agentAdaptions, Bed } from './bed.ts';
import { podAndHostFindings } from './findings/findings.ts';
import { changeConfiguration, changeText, remove, restore, rolledOut } from './manifest-change.ts';

const { namespace, collectorNamespace } = exampleSystem;
const service = 'validation-service';
const agentName = 'coralogix-opentelemetry-agent';
const alias = { kind: 'service', name: 'coralogix-opentelemetry-collector', namespace };
const agentService = { kind: 'service', name: 'coralogix-opentelemetry', namespace: collectorNamespace };
const deployment = { kind: 'deployment', name: service, namespace };
const clusterRole = { kind: 'clusterrole', name: agentName };
const configMap = { kind: 'configmap', name: agentName, namespace: collectorNamespace };
const without = (ids: readonly string[], id: string) => ids.filter((candidate) => candidate !== id);

let bed: Bed;

beforeAll(async () => {
  bed = await Bed.start();
});
afterEach(async () => {
  await bed.stopProcesses();
});
afterAll(() => bed?.stop());

/** The look that finds nothing at the system as synthesized, at one service. */
async function look(run: string, patienceMilliseconds = 60_000): Promise<string[]> {
  const pods = await bed.servicePods(`app.kubernetes.io/name=${service}`);
  const agents = await bed.startAgents(agentAdaptions);
  const services = await bed.startServices(pods);
  return podAndHostFindings(bed, { run, agents, services, patienceMilliseconds });
}

/**
 * The same look while a link is missing, which is put back afterwards from its file. What does not arrive for want of it
 * is waited for as long as what does may take.
 */
async function lookWithout(link: string, file: string, take: () => Promise<void>): Promise<string[]> {
  try {
    await take();
    return await look(`without ${link}`, 10_000);
  } finally {
    await restore(bed.kubectl, bed.dist, file);
    await rolledOut(bed.kubectl, deployment);
  }
}

describe('with one link removed the look names it', () => {
  test('and finds nothing with none removed', async () => {
    expect(await look('whole')).toEqual([]);
  });

  test('the alias Service', async () => {
    const findings = await lookWithout('alias', '10-collector-endpoint.yaml', () => remove(bed.kubectl, alias));
    const lost = 'leads nowhere: Service coralogix-opentelemetry-collector in namespace dataprime-demo does not exist';
    expect(findings).toContainEqual(expect.stringContaining(lost));
  });

  test('the traffic policy of the agent’s Service', async () => {
    const policy = (value: string) => `"internalTrafficPolicy": "${value}"`;
    const findings = await lookWithout('policy', '15-collector-agent.yaml', () =>
      changeText(bed.kubectl, agentService, policy('Local'), policy('Cluster')),
    );
    expect(findings).toContainEqual(expect.stringMatching(/^endpoint .* internalTrafficPolicy must be Local$/));
  });

  test('the pod IP among the attributes', async () => {
    const findings = await lookWithout('pod IP', `30-${service}.yaml`, async () => {
      await changeText(bed.kubectl, deployment, 'k8s.pod.ip=$(K8S_POD_IP),', '');
      await rolledOut(bed.kubectl, deployment);
    });
    expect(findings).toEqual([expect.stringMatching(/^span without k8s.pod.ip from pod dataprime-demo\/validation-/)]);
  });

  test('the right to list pods', async () => {
    const findings = await lookWithout('RBAC', '15-collector-agent.yaml', () =>
      changeText(bed.kubectl, clusterRole, '"pods"', '"podtemplates"'),
    );
    const lacks = `may not list pods: ClusterRole ${agentName} has no such rule`;
    expect(findings).toContainEqual(expect.stringContaining(lacks));
  });

  test('k8sattributes before batch', async () => {
    const findings = await lookWithout('order', '15-collector-agent.yaml', () =>
      changeConfiguration(bed.kubectl, configMap, ({ service: { pipelines } }) => {
        const traces = pipelines['traces'];
        if (traces === undefined) throw new Error('there is no pipeline traces');
        traces.processors = [...without(traces.processors, 'k8sattributes'), 'k8sattributes'];
      }),
    );
    const unseen =
      /^span without k8s.pod.name from .*, known by its connection alone, which k8sattributes sees before batch only$/;
    expect(findings).toContainEqual(expect.stringMatching(unseen));
  });

  test('the span metrics', async () => {
    const findings = await lookWithout('span metrics', '15-collector-agent.yaml', () =>
      changeConfiguration(bed.kubectl, configMap, ({ service: { pipelines } }) => {
        for (const pipeline of Object.values(pipelines)) {
          pipeline.receivers = without(pipeline.receivers, 'spanmetrics');
          pipeline.exporters = without(pipeline.exporters, 'spanmetrics');
        }
      }),
    );
    expect(findings).toEqual([expect.stringMatching(/^no calls and duration of validation-service \(pod /)]);
  });
});
