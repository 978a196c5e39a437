import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../../lib/model/network/endpoint.ts';
import { type Answer, resolveEndpoint } from '../../../lib/model/network/resolve.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { collectorManifests } from '../support/collector-manifests.ts';
import { first, modelOf } from '../support/model-of.ts';
import { documents, podWith } from '../support/pod.ts';

const service = (name: string, namespace: string, spec: object) =>
  toYaml({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });

const alias = (name: string, externalName: string) => service(name, 'demo', { type: 'ExternalName', externalName });

const toAgent = { selector: { app: 'agent' }, ports: [{ port: 4317 }] };

/** What answers to a pod of namespace `demo`, and through which Services. */
function answerAt(endpoint: string, ...manifests: readonly string[]): string {
  const model = modelOf(documents(podWith({}), ...manifests));
  return told(resolveEndpoint(model, first(model.workloads), parseEndpoint(endpoint)));
}

function told(answer: Answer): string {
  const via = 'services' in answer ? answer.services.map(({ name }) => `${name} > `).join('') : '';
  switch (answer.kind) {
    case 'collector':
      return `${via}${answer.collector.title}`;
    case 'workload':
      return `${via}${answer.workloads.map(({ title }) => title).join(', ')}`;
    case 'no-service':
      return `${via}no ${answer.namespace}/${answer.name}`;
    case 'unknown':
      return answer.reason;
    default:
      return `${via}${answer.kind}`;
  }
}

describe('a name', () => {
  const agent = collectorManifests({ namespace: 'observe' });
  const otel = service('otel', 'observe', toAgent);

  test.each([
    'http://otel.observe:4317',
    'http://otel.observe.svc:4317',
    'http://otel.observe.svc.cluster.local:4317',
    'http://otel.observe.svc.cluster.local.:4317',
    'http://OTEL.observe:4317',
  ])('%s leads to a Service of another namespace', (endpoint) => {
    expect(answerAt(endpoint, agent, otel)).toBe('otel > DaemonSet agent');
  });

  test('without namespace leads to a Service of the own namespace', () => {
    expect(answerAt('http://otel:4317', agent, otel)).toBe('no demo/otel');
    expect(answerAt('http://otel:4317', agent, otel, alias('otel', 'otel.observe.svc.cluster.local'))).toBe(
      'otel > otel > DaemonSet agent',
    );
  });

  test('follows Services that stand for others', () => {
    const chain = [alias('a', 'b.demo.svc.cluster.local'), alias('b', 'otel.observe.svc.cluster.local.')];
    expect(answerAt('http://a:4317', agent, otel, ...chain)).toBe('a > b > otel > DaemonSet agent');
  });

  test('that leads back to itself is told', () => {
    const loop = [alias('a', 'b.demo.svc.cluster.local'), alias('b', 'a.demo.svc.cluster.local')];
    expect(answerAt('http://a:4317', ...loop)).toBe('a leads back to itself');
  });

  test.each([
    ['missing.demo.svc.cluster.local', 'a > no demo/missing'],
    ['otel.elsewhere.svc.cluster.local', 'namespace elsewhere was not read'],
    ['tempo.example.com', 'tempo.example.com is outside the cluster'],
    ['ingress.eu2.coralogix.com', 'coralogix'],
    ['otel.observe', "a stands for otel.observe, which is looked up as it is, without the pod's search path"],
    ['otel.observe.svc', "a stands for otel.observe.svc, which is looked up as it is, without the pod's search path"],
    ['', "a stands for , which is looked up as it is, without the pod's search path"],
  ])('may stand for %s', (externalName, answer) => {
    expect(answerAt('http://a:4317', agent, otel, alias('a', externalName))).toBe(answer);
  });

  test.each([
    ['http://otel.elsewhere:4317', 'namespace elsewhere was not read'],
    ['http://tempo.example.com:4317', 'tempo.example.com is outside the cluster'],
    ['http://10.0.0.7:4317', '10.0.0.7 is an address, and which pod has it only the cluster knows'],
    ['http://$(X):4317', '$(X) is known only in the cluster'],
    ['https://ingress.eu2.coralogix.com', 'coralogix'],
    ['http://otel.<metadata.namespace>:4317', 'no demo/otel'],
  ])('%s: %s', (endpoint, answer) => {
    expect(answerAt(endpoint, agent, otel)).toBe(answer);
  });
});

describe('a Service', () => {
  const labels = { selector: { app: 'app' } };

  test('leads to the workloads that it selects', () => {
    expect(answerAt('http://web', service('web', 'demo', labels))).toBe('web > Pod app');
    expect(answerAt('http://web', service('web', 'demo', { ...labels, clusterIP: 'None' }))).toBe('web > Pod app');
  });

  test('that selects nothing leads nowhere', () => {
    expect(answerAt('http://web', service('web', 'demo', { selector: { app: 'other' } }))).toBe('web > no-pods');
    expect(answerAt('http://web', service('web', 'demo', { selector: { app: 'app', tier: 'x' } }))).toBe(
      'web > no-pods',
    );
    expect(answerAt('http://web.other', service('web', 'other', labels))).toBe('web > no-pods');
  });

  test('without selector leads where somebody else writes', () => {
    expect(answerAt('http://web', service('web', 'demo', {}))).toBe(
      'web has no selector: its endpoints are written elsewhere',
    );
  });

  test('knows what it is', () => {
    const spec = {
      clusterIP: 'None',
      internalTrafficPolicy: 'Local',
      selector: { app: 'x' },
      ports: [{ name: 'otlp', port: 4317, targetPort: 'grpc' }, { port: 80 }, { port: 'x' }],
    };
    expect(first(modelOf(service('s', 'demo', spec)).services)).toMatchObject({
      type: 'ClusterIP',
      headless: true,
      internalTrafficPolicy: 'Local',
      selector: { app: 'x' },
      ports: [
        { name: 'otlp', port: 4317, targetPort: 'grpc' },
        { name: undefined, port: 80, targetPort: '80' },
      ],
    });
  });
});

describe('the address of the node', () => {
  test('leads to the agent that has the port of the node', () => {
    const agent = collectorManifests({ ports: [{ containerPort: 4317, hostPort: 4317 }] });
    expect(answerAt('http://<status.hostIP>:4317', agent)).toBe('DaemonSet agent');
    expect(answerAt('http://<status.hostIP>:4318', agent)).toBe('no-host-port');
    expect(answerAt('http://<status.hostIP>', agent)).toBe('no-host-port');
  });

  test('leads to the agent on the network of the node, at any port that it binds', () => {
    const agent = collectorManifests({ hostNetwork: true });
    expect(answerAt('http://<status.hostIP>:4317', agent)).toBe('DaemonSet agent');
    expect(answerAt('http://<status.hostIP>:4318', agent)).toBe('no-host-port');
  });

  test('leads nowhere when the agent has its own network', () => {
    expect(answerAt('http://<status.hostIP>:4317', collectorManifests({}))).toBe('no-host-port');
  });
});

test.each(['http://localhost:4317', 'http://127.0.0.1:4317', 'http://[::1]:4317', 'http://<status.podIP>:4317'])(
  '%s is the pod itself',
  (endpoint) => {
    expect(answerAt(endpoint)).toBe('loopback');
  },
);
