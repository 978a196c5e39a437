import { expect, test } from 'vitest';
import { explainService } from '../../../lib/explain/explain-service.ts';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { resourceAttributesOf } from '../../../lib/model/spans/resource-attributes.ts';
import { first } from '../support/model-of.ts';
import {
  collectorResource,
  counting,
  file,
  instrumentation,
  namespaceOf,
  oven,
  reportedOf,
  sendingTo,
} from './support.ts';

const inject = 'instrumentation.opentelemetry.io/inject-java';
const java = { [inject]: 'true' };
const endpoint = 'http://crumb-collector.telemetry:4318';

const environmentOf = (...objects: readonly object[]) => {
  const model = readModel([{ file: 'app.yaml', text: file(...objects) }]);
  const workload = first(model.workloads.filter(({ name }) => name === 'oven'));
  return model.environment(workload, first(workload.containers));
};

const variableOf = (name: string, ...objects: readonly object[]) => environmentOf(...objects).get(name)?.value;

test('the operator adds variables in its order: addresses, the own ones, those of language and resource, its settings', () => {
  const spec = {
    exporter: { endpoint },
    propagators: ['tracecontext', 'b3'],
    sampler: { type: 'parentbased_traceidratio', argument: '0.5' },
    env: [{ name: 'COMMON', value: 'c' }],
    java: { env: [{ name: 'JAVA_ONLY', value: 'j' }] },
    python: { env: [{ name: 'PYTHON_ONLY', value: 'p' }] },
  };
  expect([...environmentOf(instrumentation(spec), oven({ annotations: java, env: { OWN: 'o' } })).keys()]).toEqual([
    'OTEL_NODE_IP',
    'OTEL_POD_IP',
    'OWN',
    'JAVA_ONLY',
    'COMMON',
    'OTEL_SERVICE_NAME',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_RESOURCE_ATTRIBUTES_POD_NAME',
    'OTEL_RESOURCE_ATTRIBUTES_NODE_NAME',
    'OTEL_PROPAGATORS',
    'OTEL_TRACES_SAMPLER',
    'OTEL_TRACES_SAMPLER_ARG',
    'OTEL_RESOURCE_ATTRIBUTES',
  ]);
});

test.each([
  ['of the container before all others', { A: 'own' }, 'own'],
  ['of the language before that of the resource', {}, 'java'],
])('a variable counts that is %s', (_, env, expected) => {
  const spec = { env: [{ name: 'A', value: 'common' }], java: { env: [{ name: 'A', value: 'java' }] } };
  expect(variableOf('A', instrumentation(spec), oven({ annotations: java, env }))).toBe(expected);
});

test('a sampler of the container keeps its argument from being replaced', () => {
  const spec = { sampler: { type: 'always_off', argument: '0' } };
  const env = { OTEL_TRACES_SAMPLER_ARG: '0.3' };
  expect(variableOf('OTEL_TRACES_SAMPLER', instrumentation(spec), oven({ annotations: java, env }))).toBeUndefined();
});

test('the operator adds the attributes that the container does not name', () => {
  const spec = { resource: { addK8sUIDAttributes: true, resourceAttributes: { team: 'pastry', stage: 'test' } } };
  const annotations = { ...java, 'resource.opentelemetry.io/floor': '2' };
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'stage=prod,k8s.container.name=mine' };
  expect(
    Object.fromEntries(resourceAttributesOf(environmentOf(instrumentation(spec), oven({ annotations, env })))),
  ).toEqual({
    stage: 'prod',
    'k8s.container.name': 'mine',
    floor: '2',
    'k8s.deployment.name': 'oven',
    'k8s.namespace.name': 'bakery',
    'k8s.node.name': '<spec.nodeName>',
    'k8s.pod.name': '<metadata.name>',
    'k8s.pod.uid': '<metadata.uid>',
    'service.instance.id': 'bakery.<metadata.name>.oven',
    'service.name': 'oven',
    'service.namespace': 'bakery',
    'service.version': '7',
    team: 'pastry',
  });
});

test('an annotation names the service, and labels only where the resource lets them', () => {
  const annotations = { ...java, 'resource.opentelemetry.io/service.name': 'kiln' };
  expect(variableOf('OTEL_SERVICE_NAME', instrumentation({}), oven({ annotations }))).toBe('kiln');
  const labelled = oven({ annotations: java });
  const labels = { 'app.kubernetes.io/name': 'labelled' };
  const { template } = labelled.spec;
  const workload = { ...labelled, spec: { template: { ...template, metadata: { ...template.metadata, labels } } } };
  expect(variableOf('OTEL_SERVICE_NAME', instrumentation({}), workload)).toBe('oven');
  const defaults = { useLabelsForResourceAttributes: true };
  expect(variableOf('OTEL_SERVICE_NAME', instrumentation({ defaults }), workload)).toBe('labelled');
});

const named = (name: string, namespace?: string) =>
  instrumentation({ exporter: { endpoint: `http://${name}:4318` } }, name, namespace);

test.each([
  ['true, and there is one', { [inject]: 'true' }, {}, [named('auto'), named('x', 'pans')], 'http://auto:4318'],
  ['true, and there are two', { [inject]: 'true' }, {}, [named('auto'), named('b')], undefined],
  ['a name', { [inject]: 'b' }, {}, [named('auto'), named('b')], 'http://b:4318'],
  ['a name in another namespace', { [inject]: 'pans/x' }, {}, [named('auto'), named('x', 'pans')], 'http://x:4318'],
  ['a name that was not read', { [inject]: 'c' }, {}, [named('auto')], undefined],
  ['on the namespace alone', {}, { [inject]: 'b' }, [named('auto'), named('b')], 'http://b:4318'],
  [
    'true, and a name on the namespace',
    { [inject]: 'true' },
    { [inject]: 'b' },
    [named('b'), named('auto')],
    'http://b:4318',
  ],
  ['false, and true on the namespace', { [inject]: 'false' }, { [inject]: 'true' }, [named('auto')], undefined],
])('the Instrumentation for an annotation: %s', (_, annotations, namespace, resources, expected) => {
  const objects = [namespaceOf(namespace), ...resources, oven({ annotations })];
  expect(variableOf('OTEL_EXPORTER_OTLP_ENDPOINT', ...objects)).toBe(expected);
});

test('the operator leaves a pod alone that it has changed before', () => {
  const env = { OTEL_RESOURCE_ATTRIBUTES_NODE_NAME: 'n' };
  const environment = environmentOf(named('auto'), oven({ annotations: java, env }));
  expect(environment.has('OTEL_EXPORTER_OTLP_ENDPOINT')).toBe(false);
});

const agent = collectorResource('crumb', 'telemetry', { mode: 'daemonset', hostNetwork: true, config: counting });

test('an endpoint by the address of the node leads to the agent there', () => {
  const spec = {
    exporter: { endpoint: 'http://$(OTEL_NODE_IP):4317' },
    env: [{ name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' }],
  };
  const model = readModel([
    { file: 'app.yaml', text: file(agent, instrumentation(spec), oven({ annotations: java })) },
  ]);
  const hops = explainService(model, 'oven')
    ?.hops.slice(0, 6)
    .map(({ status }) => status);
  expect(hops).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
});

test('a mistake of an Instrumentation is reported once, in its line, for all workloads that it is added to', () => {
  const second = { ...oven({ annotations: java }), metadata: { name: 'mixer', namespace: 'bakery' } };
  const spec = { exporter: { endpoint: 'http://127.0.0.1:4317' } };
  const text = file(instrumentation(spec), oven({ annotations: java }), second);
  const { findings } = lintSources([{ file: 'app.yaml', text }]).result;
  expect(findings.map(({ level, rule, place }) => `${place.line} ${level} ${rule.id}`)).toEqual([
    '8 error require-reachable-host-port',
  ]);
  expect(first(findings).message).toContain('Deployment oven and Deployment mixer');
  const [sdk] = explainService(readModel([{ file: 'app.yaml', text }]), 'oven')?.hops ?? [];
  expect(sdk?.reasons).toContainEqual({
    message: 'Instrumentation auto sets OTEL_EXPORTER_OTLP_ENDPOINT',
    place: { file: 'app.yaml', line: 8, column: 15 },
  });
});

test('Python is told http/protobuf, which the gRPC port does not take', () => {
  const spec = { exporter: { endpoint: 'http://crumb-collector.telemetry:4317' } };
  const annotations = { 'instrumentation.opentelemetry.io/inject-python': 'true' };
  expect(reportedOf(agent, instrumentation(spec), oven({ annotations }))).toEqual(['error valid-otlp-protocol']);
});

test.each([
  ['dotnet', 'error valid-otlp-protocol'],
  ['java', 'note valid-otlp-protocol'],
])('the default protocol of what is injected for %s is compared with the port', (language, expected) => {
  const spec = { exporter: { endpoint: 'http://crumb-collector.telemetry:4317' } };
  const annotations = { [`instrumentation.opentelemetry.io/inject-${language}`]: 'true' };
  expect(reportedOf(agent, instrumentation(spec), oven({ annotations }))).toEqual([expected]);
});

test('an SDK that an Instrumentation switches off sends no spans', () => {
  const spec = {
    exporter: { endpoint: 'http://nowhere:4317' },
    env: [{ name: 'OTEL_TRACES_EXPORTER', value: 'none' }],
  };
  expect(reportedOf(instrumentation(spec), oven({ annotations: java }))).toEqual(['warning no-disabled-sdk']);
});

test('without an Instrumentation of the input nothing is added', () => {
  expect(environmentOf(oven({ annotations: java, env: sendingTo(endpoint) })).size).toBe(3);
});
