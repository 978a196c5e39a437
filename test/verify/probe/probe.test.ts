import { expect, test } from 'vitest';
import { withoutSleeps } from '../../support/without-sleeps.ts';
import { changeObjects, changeText, setIn } from '../support/changes.ts';
import type { Behaviour, KubeObject } from '../support/fake-kubernetes.ts';
import { ago, at, healthySystem, namespace, type TestSystem } from '../support/healthy-system.ts';
import { arriving, failedLog, podOfJob } from '../support/probe-run.ts';
import { type RunVerifyProps, runVerify, startVerify } from '../support/run-verify.ts';

withoutSleeps();

const args = ['--service', 'api-gateway', '--probe'];

/** A run with a probe of one service, and what is known of its hop. */
async function probed(change: (system: TestSystem) => void, props: RunVerifyProps = {}) {
  const system = healthySystem();
  system.runJob = arriving(system);
  change(system);
  const result = await runVerify(system, { ...props, args: [...args, ...(props.args ?? [])] });
  const cell = result.printed.rows[0]?.hops.find(({ id }) => id === 'probe');
  return { ...result, cell, open: cell?.checks.find(({ status }) => status !== 'proven') };
}

const same = (): void => {};

test('a probe that arrives with its pod proves the hop, and its Job is deleted', async () => {
  const { status, cell, kubernetes } = await probed(same);
  expect([status, cell?.status]).toEqual([0, 'proven']);
  expect(cell?.checks.map(({ id }) => id)).toEqual(['probe/send', 'probe/arrives']);
  expect([kubernetes.created.length, kubernetes.jobs()]).toEqual([1, []]);
});

test('without --probe nothing is created, and its hop is not asked for', async () => {
  const system = healthySystem();
  system.runJob = arriving(system);
  const { printed, kubernetes } = await runVerify(system);
  expect(printed.hops.map(({ id }) => id)).not.toContain('probe');
  expect(kubernetes.created).toEqual([]);
});

test.each<[name: string, change: (system: TestSystem) => void, message: string]>([
  [
    'cannot reach the endpoint',
    (system) => {
      system.runJob = (job) => podOfJob(job, { log: failedLog });
    },
    'a probe cannot send a span as api-gateway does: exporter export timeout: rpc error: code = Unavailable desc = name resolver error: produced zero addresses',
  ],
  [
    'ends with an error',
    (system) => {
      const state = { terminated: { exitCode: 2 } };
      system.runJob = (job) => podOfJob(job, { log: 'Error: unknown flag\n', state });
    },
    'a probe cannot send a span as api-gateway does: Error: unknown flag',
  ],
  [
    'is accepted and does not arrive',
    (system) => {
      system.runJob = (job) => podOfJob(job);
    },
    'the collector accepted the span of a probe, and it is not in Coralogix after three minutes',
  ],
  [
    'arrives without its pod',
    (system) => {
      system.runJob = arriving(system, { 'k8s.pod.name': undefined });
    },
    'the span of a probe arrived without k8s.pod.name',
  ],
  [
    'arrives with another node',
    (system) => {
      system.runJob = arriving(system, { 'k8s.node.name': 'node-z' });
    },
    'the span of a probe arrived with k8s.node.name node-z, and was sent with node-a',
  ],
])('a probe that %s breaks the hop, and its Job is deleted', async (_, change, message) => {
  const { open, status, kubernetes } = await probed(change);
  expect([open?.status, open?.message, status]).toEqual(['broken', message, 1]);
  expect(kubernetes.jobs()).toEqual([]);
});

const refused = (path: string): Behaviour => ({ refuse: [{ path, status: 403, message: 'jobs is forbidden' }] });

test.each<[name: string, change: (system: TestSystem) => void, props: RunVerifyProps, message: string]>([
  ['may not create Jobs', same, { kubernetes: refused('/jobs') }, 'no permission to create jobs in namespace'],
  [
    'whose image cannot be pulled',
    (system) => {
      const state = { waiting: { reason: 'ImagePullBackOff', message: 'not found' } };
      system.runJob = (job) => podOfJob(job, { phase: 'Pending', state });
    },
    {},
    'its image cannot be pulled (ImagePullBackOff): not found',
  ],
  [
    'whose pod is not created',
    (system) => {
      system.runJob = () => undefined;
    },
    {},
    'its Job did not end within 90 s: no pod was created for it',
  ],
  [
    'whose endpoint is not known',
    (system) => {
      system.objects = system.objects.map(
        (object): KubeObject => (object.kind === 'ConfigMap' ? { ...object, data: {} } : object),
      );
    },
    {},
    'no variable of the service names an endpoint',
  ],
  [
    'whose service sends with a certificate of its own',
    (system) => {
      for (const kind of ['Deployment', 'Pod']) {
        changeText(kind, 'api-gateway', '"OTEL_TRACES_SAMPLER"', '"OTEL_EXPORTER_OTLP_CERTIFICATE"')(system);
      }
    },
    {},
    'OTEL_EXPORTER_OTLP_CERTIFICATE names a file of the service, which a probe does not have',
  ],
  [
    'whose pod would get requests before it is ready',
    changeObjects('Service', 'api-gateway', (service) => setIn(service, ['spec', 'publishNotReadyAddresses'], true)),
    {},
    'Service api-gateway publishes the addresses of pods that are not ready',
  ],
])('a probe %s proves and refutes nothing', async (_, change, props, message) => {
  const { open, kubernetes } = await probed(change, props);
  expect([open?.status, open?.message]).toEqual(['unchecked', expect.stringContaining(message)]);
  expect(kubernetes.jobs()).toEqual([]);
});

test('of a service without traffic a probe that arrives shows that the path is whole', async () => {
  const { printed } = await probed((system) => {
    system.spans.splice(0);
  });
  expect(printed.headline.message).toContain(
    'and the span of a probe with its environment arrived: the service itself sends none',
  );
});

test('the spans of a probe count as no traffic, and its pod as no pod that nobody has', async () => {
  const { printed } = await probed((system) => {
    system.spans.splice(0);
    const resource = { 'k8s.pod.name': 'podhost-probe-0-0-abc' };
    system.spans.push({ service: 'api-gateway', count: 2, resource, mark: 'podhost-probe-0-0' });
  });
  expect(printed.rows[0]?.hops.find(({ id }) => id === 'spans')?.status).toBe('broken');
});

test('without Coralogix the figures of the collector are what is known', async () => {
  const { open, cell } = await probed(same, { args: ['--no-coralogix'] });
  expect([open?.id, open?.status, cell?.status]).toEqual(['probe/sent-on', 'transition', 'transition']);
});

test('the Job has the labels and the telemetry of the service, and no Secret of it', async () => {
  const { kubernetes } = await probed(same);
  const [job] = kubernetes.created;
  const template = at(job, 'spec', 'template');
  const container = at(template, 'spec', 'containers', 0);
  expect(at(template, 'metadata', 'labels')).toMatchObject({ 'app.kubernetes.io/name': 'api-gateway' });
  expect(at(template, 'metadata', 'labels')).not.toHaveProperty('pod-template-hash');
  expect(at(container, 'args')).toEqual([
    'traces',
    '--traces=1',
    '--rate=0',
    '--otlp-endpoint=coralogix-opentelemetry-collector:4317',
    '--otlp-insecure',
    '--service=api-gateway',
    expect.stringMatching(/^--telemetry-attributes=podhost\.probe="podhost-probe-[0-9a-f]{8}-0"$/),
  ]);
  const text = JSON.stringify(at(container, 'env'));
  expect(text).toContain('"K8S_POD_IP"');
  expect(text).toContain('OTEL_RESOURCE_ATTRIBUTES');
  expect(text).not.toMatch(/secretKeyRef|OTEL_TRACES_SAMPLER/);
  expect(at(job, 'spec', 'ttlSecondsAfterFinished')).toBe(60);
  expect(at(template, 'spec', 'readinessGates')).toHaveLength(1);
});

test.each<[endpoint: string, args: readonly string[]]>([
  ['https://otel.example.org', ['--otlp-endpoint=otel.example.org:443']],
  [
    'http://collector.other:4318/base/',
    ['--otlp-endpoint=collector.other:4318', '--otlp-insecure', '--otlp-http', '--otlp-http-url-path=/base/v1/traces'],
  ],
  ['$(NODE_IP):4317', ['--otlp-endpoint=$(NODE_IP):4317', '--otlp-insecure']],
  ['http://[fd00::1]:4317', ['--otlp-endpoint=[fd00::1]:4317', '--otlp-insecure']],
])('an endpoint %s is handed to the generator as its host, port and transport', async (endpoint, wanted) => {
  const { kubernetes } = await probed((system) => {
    for (const kind of ['Deployment', 'Pod']) {
      changeObjects(kind, 'api-gateway', (object) => {
        const text = JSON.stringify(object).replaceAll(
          /\{"name":"OTEL_EXPORTER_OTLP_(ENDPOINT|PROTOCOL)",.*?\}(?:\}\})?(?=[,\]])/g,
          (_found, name: string) =>
            JSON.stringify(
              name === 'ENDPOINT'
                ? { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint }
                : { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
            ),
        );
        Object.assign(object, JSON.parse(text));
      })(system);
    }
  });
  const container = at(kubernetes.created[0], 'spec', 'template', 'spec', 'containers', 0);
  expect(Object(at(container, 'args')).slice(3, -2)).toEqual(wanted);
});

test('Jobs that earlier runs left behind are deleted, and those of runs that go on are not', async () => {
  const left = (name: string, age: number): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, ...{ creationTimestamp: ago(age) } },
  });
  const { kubernetes } = await probed((system) => {
    system.objects.push(left('podhost-probe-old-0', 3_600_000), left('podhost-probe-new-0', 10_000));
  });
  expect(kubernetes.jobs()).toEqual(['podhost-probe-new-0']);
});

test('after Ctrl-C the Job is deleted, and the exit status is that of the signal', async () => {
  const system = healthySystem();
  system.runJob = (job) => {
    process.emit('SIGINT');
    return podOfJob(job, { phase: 'Pending', state: {} });
  };
  const { run, kubernetes } = await startVerify(system, { args });
  const { status } = await run();
  expect([status, kubernetes.created.length, kubernetes.jobs()]).toEqual([130, 1, []]);
});

test('--print-role --probe prints the permissions to create and delete Jobs', async () => {
  const { run } = await startVerify(healthySystem(), { args });
  const { stdout } = await run('--print-role');
  for (const verb of ['create', 'list', 'delete']) {
    expect(stdout).toMatch(new RegExp(`resources:\\n {6}- jobs\\n {4}verbs:\\n {6}- ${verb}\\n`));
  }
});

test.each([
  [['--no-cluster'], 'leave out one of the two options'],
  [['--only', 'probe'], 'write: --probe --only probe'],
])('%s is a wrong usage', async (options, suggestion) => {
  const { run } = await startVerify(healthySystem());
  const { status, stdout } = await run(...options, ...(options[0] === '--no-cluster' ? ['--probe'] : []));
  expect([status, stdout]).toEqual([2, expect.stringContaining(suggestion)]);
});
