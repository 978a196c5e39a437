import { expect, test } from 'vitest';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { changeObjects, setIn } from './support/changes.ts';
import type { KubeObject } from './support/fake-kubernetes.ts';
import {
  agentName,
  at,
  collectorNamespace,
  healthySystem,
  namespace,
  objectsOf,
  type TestSystem,
} from './support/healthy-system.ts';
import { runVerify } from './support/run-verify.ts';

withoutSleeps();

/** The operator labels the pods that it makes. */
function selectOperated(object: KubeObject): void {
  if (object.kind === 'Service' && object.metadata.name === 'coralogix-opentelemetry') {
    setIn(object, ['spec', 'selector'], { 'app.kubernetes.io/instance': `${collectorNamespace}.agent` });
  }
}

/** The agent as an OpenTelemetryCollector, with what the operator makes of it in the cluster. */
function withOperator(): TestSystem {
  const system = healthySystem();
  const all = Object.values(system.files).flatMap(objectsOf);
  const named = (kind: string): KubeObject => {
    const found = all.find((object) => object.kind === kind && object.metadata.name === agentName);
    if (found === undefined) throw new Error(`there is no ${kind} ${agentName}`);
    return found;
  };
  const [config = ''] = Object.values(Object(named('ConfigMap')['data'])).map(String);
  const template = at(named('DaemonSet'), 'spec', 'template');
  const container = Object(at(template, 'spec', 'containers', 0));
  const custom: KubeObject = {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name: 'agent', namespace: collectorNamespace, ...{ labels: at(template, 'metadata', 'labels') } },
    spec: { mode: 'daemonset', config: Object(objectsOf(config)[0]), env: container.env, ports: container.ports },
  };
  for (const [path, text] of Object.entries(system.files)) {
    const kept = objectsOf(text).filter(
      (object) => !(at(object, 'metadata', 'name') === agentName && ['DaemonSet', 'ConfigMap'].includes(object.kind)),
    );
    kept.forEach(selectOperated);
    system.files[path] = kept.map((object) => toYaml(object)).join('---\n');
  }
  system.objects.forEach(selectOperated);
  system.files['agent.yaml'] = toYaml(custom);
  const rename = (text: string): string => text.replaceAll(agentName, 'agent-collector');
  system.objects = system.objects.map((object) =>
    object.metadata.namespace === collectorNamespace
      ? // Labels, by which Services select, stay.
        JSON.parse(JSON.stringify(object).replaceAll(`"name":"${agentName}`, '"name":"agent-collector'))
      : object,
  );
  changeObjects('DaemonSet', 'agent-collector', (object) => {
    setIn(
      object,
      ['metadata', 'ownerReferences'],
      [{ kind: 'OpenTelemetryCollector', name: 'agent', controller: true }],
    );
  })(system);
  system.objects.push(custom);
  system.metrics = Object.fromEntries(Object.entries(system.metrics).map(([name, text]) => [rename(name), text]));
  return system;
}

test('a collector that the operator runs is verified by the pods that it makes', async () => {
  const { printed, status } = await runVerify(withOperator());
  expect(printed.rows.flatMap(({ hops }) => hops.filter((hop) => hop.status !== 'proven'))).toEqual([]);
  expect(status).toBe(0);
});

test('a collector of the operator without a pod on a node is broken there', async () => {
  const system = withOperator();
  system.objects = system.objects.filter(({ metadata }) => metadata.name !== 'agent-collector-1');
  const { printed } = await runVerify(system);
  expect([printed.headline.hop, printed.headline.message]).toEqual([
    'collector',
    expect.stringContaining('DaemonSet coralogix/agent-collector runs no pod on node node-b'),
  ]);
});

test('another configuration of an OpenTelemetryCollector in the cluster is drift', async () => {
  const system = withOperator();
  changeObjects('OpenTelemetryCollector', 'agent', (object) => {
    setIn(object, ['spec', 'config', 'exporters', 'coralogix', 'domain'], 'eu1.coralogix.com');
  })(system);
  const { printed } = await runVerify(system);
  expect(printed.headline.message).toContain('spec.config.exporters.coralogix.domain is "eu1.coralogix.com"');
});

test('without permission for the objects of the operator a committed one is not known to be missing', async () => {
  const refuse = [{ path: '/opentelemetrycollectors', status: 403, message: 'forbidden' }];
  const { printed } = await runVerify(withOperator(), { kubernetes: { refuse } });
  expect(printed.headline.message).not.toContain('OpenTelemetryCollector coralogix/agent is not in the cluster');
});

/** The first service asks for an SDK by an annotation, and its pods have what is written here. */
function injected(pods: (env: readonly Record<string, unknown>[]) => readonly unknown[]): TestSystem {
  const system = healthySystem();
  const annotation = 'instrumentation.opentelemetry.io/inject-python';
  const annotate = (object: object): void =>
    setIn(object, ['spec', 'template', 'metadata', 'annotations'], { [annotation]: 'true' });
  changeObjects('Deployment', 'api-gateway', annotate)(system);
  for (const [path, text] of Object.entries(system.files)) {
    const objects = objectsOf(text);
    for (const object of objects.filter(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'api-gateway',
    )) {
      annotate(object);
    }
    system.files[path] = objects.map((object) => toYaml(object)).join('---\n');
  }
  system.objects.push({
    apiVersion: 'opentelemetry.io/v1alpha1',
    kind: 'Instrumentation',
    metadata: { name: 'sdk', namespace },
    spec: { exporter: { endpoint: 'http://coralogix-opentelemetry-collector:4317' } },
  });
  changeObjects('Pod', 'api-gateway', (object) => {
    const [container] = Object(at(object, 'spec', 'containers'));
    setIn(object, ['spec', 'containers'], [{ ...container, env: pods(container.env) }]);
  })(system);
  return system;
}

const environmentOf = async (system: TestSystem) => {
  const { printed } = await runVerify(system, { args: ['--only', 'environment', '--service', 'api-gateway'] });
  const cell = printed.rows.find(({ name }) => name === 'api-gateway')?.hops[0];
  return cell?.checks.filter(({ status }) => status === 'broken').map(({ id, message }) => [id, message]);
};

const nodeName = {
  name: 'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME',
  valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } },
};

test('what the operator appends to a variable of a pod is no fault', async () => {
  const system = injected((env) => [
    nodeName,
    ...env.map((entry) =>
      entry['name'] === 'OTEL_RESOURCE_ATTRIBUTES'
        ? { ...entry, value: `${entry['value']},k8s.container.name=api` }
        : entry,
    ),
  ]);
  expect(await environmentOf(system)).toEqual([]);
});

test('pods to which the operator has added nothing are broken', async () => {
  expect(await environmentOf(injected((env) => env))).toEqual([
    [
      'environment/injected',
      expect.stringContaining(
        'the operator has not added what annotation instrumentation.opentelemetry.io/inject-python',
      ),
    ],
  ]);
});
