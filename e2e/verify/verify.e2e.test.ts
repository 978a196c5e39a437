import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { verificationSchema } from '../../lib/verify/output/json.ts';
import { fakeCoralogix, type StoredSpans, testKey } from '../../test/verify/support/fake-coralogix.ts';
import type { StoredSeries } from '../../test/verify/support/series-store.ts';
import { succeed } from '../cluster/kubectl.ts';
import { troubledImages } from '../cluster/troubled-pods.ts';
import { waitFor } from '../cluster/wait.ts';
import { Bed } from '../data-plane/bed.ts';
import { figures } from '../data-plane/figures.ts';
import { changeText, type ObjectName, remove, restore, rolledOut } from '../data-plane/manifest-change.ts';
import {
  type Adaption,
  frequentSpanMetrics,
  kubeconfigForToken,
  withoutNodeMetrics,
} from '../data-plane/runnable-configuration.ts';
import { requests } from '../data-plane/span-plan.ts';
import { run as runCommand } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { exampleSystem, putSecrets } from '../support/example-system.ts';
import { arrivedSeries, arrivedSpans } from './arrived.ts';
import { collectorContainer } from './verify-cluster.ts';

const { namespace, collectorNamespace } = exampleSystem;
const agentName = 'coralogix-opentelemetry-agent';
const service = 'query-service';
const names = [service, 'validation-service'] as const;
const deployment: ObjectName = { kind: 'deployment', name: service, namespace };
const agent: ObjectName = { kind: 'daemonset', name: agentName, namespace: collectorNamespace };
const runName = 'verify';

/** The hops that this bed has the parts for: there is no kubelet to measure pods, and no compact connector. */
const hops = [
  'manifest',
  'applied',
  'rollout',
  'environment',
  'collector',
  'endpoint',
  'pipeline',
  'intake',
  'spans',
  'enriched',
  'metrics',
];

/** The exporter of Coralogix cannot be built: plain OTLP to the sink, with the same key. */
const toSink =
  (port: number): Adaption =>
  (config) => {
    delete config.exporters['coralogix'];
    config.exporters['otlp/coralogix'] = {
      endpoint: `127.0.0.1:${port}`,
      tls: { insecure: true },
      headers: { Authorization: `Bearer \${env:CORALOGIX_PRIVATE_KEY}` },
    };
    for (const pipeline of Object.values(config.service.pipelines)) {
      pipeline.exporters = pipeline.exporters.map((id) => (id === 'coralogix' ? 'otlp/coralogix' : id));
    }
  };

let bed: Bed;
let spans: StoredSpans[];
let series: StoredSeries[];

beforeAll(async () => {
  bed = await Bed.start();
  const adaptions = [
    withoutNodeMetrics,
    kubeconfigForToken,
    frequentSpanMetrics,
    toSink(inject('sharedCluster').sinkPort),
  ];
  await bed.startAgents(adaptions);
  const pods = (await Promise.all(names.map((name) => bed.servicePods(`app.kubernetes.io/name=${name}`)))).flat();
  const services = await bed.startServices(pods);
  let sent = 0;
  for (const each of services) {
    sent += await each.send(requests(runName, each.pod.metadata.uid));
    await each.flush();
  }
  await waitFor('all spans and their series', async () => {
    const { unique } = await bed.sink.count(runName);
    series = await arrivedSeries(bed.sink);
    const pod = new Set(series.map(({ k8s_pod_name }) => k8s_pod_name));
    return unique === sent && pods.every(({ metadata }) => pod.has(metadata.name)) ? true : undefined;
  });
  spans = await arrivedSpans(bed.sink, runName);
});

afterAll(() => bed?.stop());

type Printed = z.output<typeof verificationSchema>;

/** Runs the installed command on the real cluster, and on what the sink received. */
async function verify(
  kubeconfig = inject('sharedCluster').kubeconfig,
): Promise<Printed & { readonly milliseconds: number }> {
  const { dist } = inject('sharedCluster');
  const { url } = await fakeCoralogix({ spans, series });
  const args = [
    'verify',
    dist,
    '--api-host',
    url,
    '--format',
    'json',
    ...names.flatMap((name) => ['--service', name]),
    '--only',
    hops.join(),
  ];
  const begun = performance.now();
  const { stdout, stderr, exitCode } = await runCommand(process.execPath, [builtPodhost, ...args], {
    env: { KUBECONFIG: kubeconfig, CORALOGIX_API_KEY: testKey },
  });
  if (exitCode === 2 || stdout === '') throw new Error(`podhost verify: exit status ${exitCode}\n${stdout}${stderr}`);
  const printed = verificationSchema.parse(JSON.parse(stdout));
  expect(exitCode).toBe(printed.exitStatus);
  return { ...printed, milliseconds: Math.round(performance.now() - begun) };
}

/** A kubeconfig of a ServiceAccount that has the printed roles alone. */
async function restrictedKubeconfig(): Promise<string> {
  const { kubeconfig, folder, dist } = inject('sharedCluster');
  const { kubectl } = bed.kubectl;
  const { stdout: roles } = await runCommand(process.execPath, [builtPodhost, 'verify', dist, '--print-role']);
  await succeed(kubectl, ['apply', '--filename', '-'], { input: roles });
  await succeed(kubectl, ['create', 'serviceaccount', 'reader', '--namespace', namespace]);
  const account = `--serviceaccount=${namespace}:reader`;
  await succeed(kubectl, ['create', 'clusterrolebinding', 'reader', '--clusterrole=podhost-verify', account]);
  for (const where of [namespace, collectorNamespace]) {
    await succeed(kubectl, ['create', 'rolebinding', 'reader', '--role=podhost-verify', account, '--namespace', where]);
  }
  const token = (await succeed(kubectl, ['create', 'token', 'reader', '--namespace', namespace])).trim();
  const config = z
    .looseObject({ users: z.array(z.looseObject({ user: z.looseObject({}) })) })
    .parse(JSON.parse(readFileSync(kubeconfig, 'utf8')));
  const users = config.users.map((user) => ({ ...user, user: { token } }));
  const path = join(folder, 'reader.kubeconfig');
  writeFileSync(path, JSON.stringify({ ...config, users }));
  return path;
}

interface Break {
  readonly name: string;
  readonly take: () => Promise<void>;
  readonly putBack: () => Promise<void>;
  readonly hop: string;
  readonly cause: string;
}

const back =
  (file: string, ...objects: readonly ObjectName[]) =>
  async (): Promise<void> => {
    await restore(bed.kubectl, bed.dist, file);
    for (const object of objects) await rolledOut(bed.kubectl, object);
  };

/** The pods of an object are those of its template, whether they run or not. */
const replaced = async (selector: string, image: string): Promise<void> => {
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

const breaks: readonly Break[] = [
  {
    name: 'the alias Service is deleted',
    take: () => remove(bed.kubectl, { kind: 'service', name: 'coralogix-opentelemetry-collector', namespace }),
    putBack: back('10-collector-endpoint.yaml'),
    hop: 'applied',
    cause: `Service coralogix-opentelemetry-collector of namespace ${namespace} is not in the cluster`,
  },
  {
    name: "the traffic policy of the agent's Service is changed",
    take: () =>
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
    take: async () => {
      await changeText(bed.kubectl, deployment, 'k8s.pod.ip=$(K8S_POD_IP),', '');
      await rolledOut(bed.kubectl, deployment);
    },
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'applied',
    cause: 'env[OTEL_RESOURCE_ATTRIBUTES].value is',
  },
  {
    name: 'an image cannot be pulled',
    take: async () => {
      await changeText(bed.kubectl, deployment, 'dataprime-query-service:latest', troubledImages.absent);
      await replaced(`app.kubernetes.io/name=${service}`, troubledImages.absent);
    },
    putBack: back(`30-${service}.yaml`, deployment),
    hop: 'rollout',
    cause: 'its image cannot be pulled (ImagePullBackOff)',
  },
  {
    name: 'the agent crashes because of a duplicate dimension',
    take: async () => {
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
      await replaced(`app.kubernetes.io/name=${agentName}`, troubledImages.crashing);
    },
    putBack: async () => {
      writeFileSync(inject('sharedCluster').logs[collectorContainer] ?? '', '');
      await back('15-collector-agent.yaml', agent)();
    },
    hop: 'collector',
    cause: 'crash loop: duplicate dimension service.version',
  },
  {
    name: 'the Secret with the private key is deleted',
    take: () =>
      remove(bed.kubectl, { kind: 'secret', name: exampleSystem.collectorSecret, namespace: collectorNamespace }),
    putBack: () => putSecrets(bed.kubectl),
    hop: 'collector',
    cause: `Secret ${exampleSystem.collectorSecret} does not exist`,
  },
  {
    name: 'the endpoint in the ConfigMap is changed',
    take: () =>
      changeText(
        bed.kubectl,
        { kind: 'configmap', name: 'dataprime-config', namespace },
        'http://coralogix-opentelemetry-collector:4317',
        'http://localhost:4317',
      ),
    putBack: back('10-config.yaml'),
    hop: 'applied',
    cause: 'data.OTEL_EXPORTER_OTLP_ENDPOINT is "http://localhost:4317"',
  },
];

describe('podhost verify on a real control plane, real collectors and real SDKs', () => {
  test('proves every hop of the synthesized system', async () => {
    const { rows, verdict, milliseconds } = await verify();
    const open = rows.flatMap(({ name, hops: cells }) =>
      cells.filter(({ status }) => status !== 'proven').map((cell) => [name, cell]),
    );
    expect(open).toEqual([]);
    expect(verdict).toBe('proven');
    figures('verify, all proven', { services: names.length, milliseconds });
  });

  test('proves the same with the permissions that it prints, and no other', async () => {
    expect((await verify(await restrictedKubeconfig())).verdict).toBe('proven');
  });

  let right = 0;

  test.each(breaks)('names the hop and the cause when $name', async ({ name, take, putBack, hop, cause }) => {
    try {
      await take();
      const { headline, milliseconds } = await verify();
      expect([headline.hop, headline.message]).toEqual([hop, expect.stringContaining(cause)]);
      right += 1;
      figures(`verify, ${name}`, { hop, milliseconds });
    } finally {
      await putBack();
    }
  });

  test('has named all', () => {
    figures('verify, breaks named', { named: `${right} of ${breaks.length}` });
    expect(right).toBe(breaks.length);
  });
});
