import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, Cron, Include, Testing } from 'cdk8s';
import {
  CronJob,
  DaemonSet,
  Deployment,
  Env,
  EnvValue,
  Job,
  k8s,
  ConfigMap as PlusConfigMap,
  StatefulSet,
} from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { addPodTelemetry, PodTelemetry } from '../../lib/constructs/pod-telemetry.ts';
import { listAt, textAt, valueAt } from '../../lib/yaml/value.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const image = 'acme/web:1.2';
const chart = () => new Chart(Testing.app(), 'shop', { namespace: 'shop' });

/** The environment of the first container of the first workload, as `NAME=value`. */
function environmentOf(synthesized: unknown[], path: readonly (string | number)[] = ['spec', 'template', 'spec']) {
  const workload = synthesized.find((object) => valueAt(object, ...path, 'containers') !== undefined);
  return listAt(workload, ...path, 'containers', 0, 'env').map(
    (entry) =>
      `${textAt(entry, 'name')}=${textAt(entry, 'value') ?? textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath')}`,
  );
}

const cron = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];

describe('the workloads of cdk8s-plus', () => {
  const containers = [{ image, name: 'main' }];
  test.each([
    ['Deployment', (scope: Chart) => new Deployment(scope, 'w', { containers }), undefined, 'k8s.deployment.name'],
    [
      'StatefulSet',
      (scope: Chart) => new StatefulSet(scope, 'w', { containers: [{ image, name: 'main', portNumber: 80 }] }),
      undefined,
      'k8s.statefulset.name',
    ],
    ['DaemonSet', (scope: Chart) => new DaemonSet(scope, 'w', { containers }), undefined, 'k8s.daemonset.name'],
    ['Job', (scope: Chart) => new Job(scope, 'w', { containers }), undefined, 'k8s.job.name'],
    [
      'CronJob',
      (scope: Chart) => new CronJob(scope, 'w', { containers, schedule: Cron.daily() }),
      cron,
      'k8s.cronjob.name',
    ],
  ])('%s', (_, make, path, owner) => {
    const scope = chart();
    make(scope);
    scope.with(new PodTelemetry({ environment: 'production' }));
    const environment = environmentOf(Testing.synth(scope), path);
    expect(environment.slice(0, 3)).toEqual([
      'K8S_POD_NAME=metadata.name',
      'K8S_POD_UID=metadata.uid',
      'K8S_POD_IP=status.podIP',
    ]);
    expect(environment.at(-1)).toMatch(/^OTEL_RESOURCE_ATTRIBUTES=k8s\.pod\.name=\$\(K8S_POD_NAME\),/);
    expect(environment.at(-1)).toContain(`,${owner}=`);
    expect(environment.at(-1)).toContain(',k8s.container.name=main,deployment.environment=production,');
  });
});

test('containers and variables that are added later are seen', () => {
  const scope = chart();
  const deployment = new Deployment(scope, 'w');
  scope.with(new PodTelemetry());
  deployment
    .addContainer({ image, name: 'late' })
    .env.addVariable('OTEL_RESOURCE_ATTRIBUTES', EnvValue.fromValue('team=core'));
  expect(environmentOf(Testing.synth(scope)).at(-1)).toMatch(/^OTEL_RESOURCE_ATTRIBUTES=team=core,k8s\.pod\.name=/);
});

test('what envFrom gives stays, where the ConfigMap is in the same app', () => {
  const scope = chart();
  const data = { OTEL_RESOURCE_ATTRIBUTES: 'team=core' };
  const shared = new PlusConfigMap(scope, 'shared', { data });
  new Deployment(scope, 'w', { containers: [{ image, envFrom: [Env.fromConfigMap(shared)] }] });
  scope.with(new PodTelemetry());
  expect(environmentOf(Testing.synth(scope)).at(-1)).toMatch(/=\$\(OTEL_RESOURCE_ATTRIBUTES\),k8s\.pod\.name=/);
});

test('objects of an Include, typed objects and plain ones, also in a List', () => {
  const file = join(temporaryFolder(), 'web.yaml');
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: a, image: ${image} }] }\n`;
  writeFileSync(file, pod);
  const included = chart();
  new Include(included, 'inc', { url: file });
  const typed = chart();
  new k8s.KubePod(typed, 'p', { spec: { containers: [{ name: 'a', image }] } });
  const listed = chart();
  new ApiObject(listed, 'l', {
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [{ name: 'a', image }] } }],
  });
  for (const [scope, path] of [
    [included, ['spec']],
    [typed, ['spec']],
    [listed, ['items', 0, 'spec']],
  ] as const) {
    addPodTelemetry(scope);
    expect(environmentOf(Testing.synth(scope), path)).toHaveLength(9);
  }
});

test('selectors, probes and everything else stay as they are, and a second mixin changes nothing', () => {
  const make = (scope: Chart) => new Deployment(scope, 'w', { containers: [{ image, portNumber: 80 }] });
  const [plain, once, twice] = [chart(), chart(), chart()];
  for (const scope of [plain, once, twice]) {
    make(scope);
  }
  once.with(new PodTelemetry());
  twice.with(new PodTelemetry(), new PodTelemetry());
  const withoutEnv = (scope: Chart) =>
    JSON.parse(JSON.stringify(Testing.synth(scope), (key, value: unknown) => (key === 'env' ? undefined : value)));
  expect(withoutEnv(once)).toEqual(withoutEnv(plain));
  expect(Testing.synth(twice)).toEqual(Testing.synth(once));
});

test('an endpoint by contract, and an environment that SDKs would read in different ways', () => {
  const scope = chart();
  new Deployment(scope, 'w', {
    containers: [{ image, envVariables: { OTEL_EXPORTER_OTLP_ENDPOINT: EnvValue.fromValue('http://old:4317') } }],
  });
  scope.with(new PodTelemetry({ endpointConfigMap: { name: 'dataprime-config', key: 'OTEL_EXPORTER_OTLP_ENDPOINT' } }));
  const [object] = Testing.synth(scope);
  expect(JSON.stringify(object)).toContain(
    '"configMapKeyRef":{"name":"dataprime-config","key":"OTEL_EXPORTER_OTLP_ENDPOINT"}',
  );
  expect(() => new PodTelemetry({ environment: 'a b' })).toThrow(/A-Z a-z 0-9/);
});

describe('a custom kind', () => {
  const template = { spec: { containers: [{ name: 'main', image }] } };
  const worker = (scope: Chart) =>
    new ApiObject(scope, 'w', {
      apiVersion: 'example.com/v1',
      kind: 'Worker',
      metadata: { name: 'press' },
      spec: { pods: template },
    });
  const templates = [{ apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pods' }];

  test('that is named has its pods instrumented, by the mixin and by the function', () => {
    for (const add of [
      (scope: Chart) => scope.with(new PodTelemetry({ templates })),
      (scope: Chart) => addPodTelemetry(scope, { templates }),
    ]) {
      const scope = chart();
      worker(scope);
      add(scope);
      expect(environmentOf(Testing.synth(scope), ['spec', 'pods', 'spec'])).toContain('K8S_POD_IP=status.podIP');
    }
  });

  test('that is not named is reported once, with the entry to write', () => {
    const warnings: string[] = [];
    const scope = chart();
    worker(scope);
    scope.with(new PodTelemetry({ onWarning: (message) => warnings.push(message) }));
    Testing.synth(scope);
    Testing.synth(scope);
    expect(warnings).toEqual([
      'Worker press is not instrumented, because podhost does not know that its pods are described at spec.pods: write templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.pods }]',
    ]);
  });

  test('with a path that is none is refused', () => {
    expect(() => new PodTelemetry({ templates: [{ apiVersion: 'example.com/v1', kind: 'Worker', path: '' }] })).toThrow(
      'templates[0].path',
    );
  });
});
