import { describe, expect, test } from 'vitest';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { chartModel, gatewayOf, pipelineLines } from '../model/support/chart.ts';
import { first, modelOf } from '../model/support/model-of.ts';

const titles = (values: object) => chartModel(values).collectors.map(({ title }) => title.replace(' of app.yaml', ''));

describe('the collectors of a release', () => {
  test.each([
    ['the chart’s own', {}, ['the agent', 'the cluster collector']],
    [
      'with a gateway',
      { 'opentelemetry-gateway': { enabled: true } },
      ['the agent', 'the cluster collector', 'the gateway'],
    ],
    ['without agent', { 'opentelemetry-agent': { enabled: false } }, ['the cluster collector']],
    ['of a misspelt sub-chart', { 'opentelemetry-agnet': { enabled: false } }, ['the agent', 'the cluster collector']],
    ['of a sub-chart that is text, which Helm refuses', { 'opentelemetry-agent': 'on' }, ['the cluster collector']],
    [
      'of a sub-chart without values, which is on without condition',
      { 'opentelemetry-gateway': null },
      ['the agent', 'the cluster collector', 'the gateway'],
    ],
  ])('are %s', (_, values, expected) => {
    expect(titles(values)).toEqual(expected);
  });

  test('are what they are for', () => {
    const on = { enabled: true };
    const { collectors } = chartModel({ 'opentelemetry-gateway': on, 'opentelemetry-receiver': on });
    expect(collectors.map(({ tier, onEveryNode, hostNetwork }) => [tier, onEveryNode, hostNetwork])).toEqual([
      ['agent', true, true],
      ['cluster-collector', false, false],
      ['other', false, false],
      ['gateway', false, false],
    ]);
  });

  test('have pipelines of their own', () => {
    const on = { enabled: true };
    const { collectors } = chartModel({ 'opentelemetry-gateway': on, 'opentelemetry-receiver': on });
    expect(collectors.slice(1).map(pipelineLines)).toMatchInlineSnapshot(`
      [
        [
          "logs: k8sobjects otlp → memory_limiter resource/metadata resource/kube-events resourcedetection/region resourcedetection/env k8sattributes transform/kube-events batch → coralogix",
          "logs/resource_catalog: k8sobjects/resource_catalog → memory_limiter resourcedetection/resource_catalog transform/entity-event filter/workflow resource/metadata batch → coralogix/resource_catalog",
          "metrics: k8s_cluster prometheus/k8s_apiserver_metrics prometheus otlp → memory_limiter resource/metadata resourcedetection/region resourcedetection/env k8sattributes metricstransform/k8s-dashboard transform/k8s-dashboard filter/k8s_apiserver_metrics transform/prometheus batch → coralogix",
          "traces: otlp → memory_limiter resource/metadata resourcedetection/region resourcedetection/env k8sattributes batch → debug coralogix",
        ],
        [
          "logs: otlp → memory_limiter resource/metadata batch → coralogix",
          "metrics: otlp → memory_limiter resource/metadata batch → coralogix",
          "metrics/self_monitoring: prometheus → memory_limiter resourcedetection/env resourcedetection/region batch → coralogix",
          "traces: otlp → memory_limiter resource/metadata batch → loadbalancing",
        ],
        [
          "logs: otlp → memory_limiter resource/metadata batch → debug coralogix",
          "metrics: prometheus otlp → memory_limiter resource/metadata resourcedetection/region resourcedetection/env transform/prometheus batch → coralogix",
          "traces: otlp → memory_limiter resource/metadata tail_sampling batch → coralogix",
        ],
      ]
    `);
  });

  test('listen on the address of their pods', () => {
    const { listeners } = gatewayOf({});
    expect(listeners).toEqual([
      { receiver: 'otlp', protocol: 'grpc', host: '${env:MY_POD_IP}', port: 4317 },
      { receiver: 'otlp', protocol: 'http', host: '${env:MY_POD_IP}', port: 4318 },
    ]);
    expect(first(gatewayOf({ networkMode: 'ipv6' }).listeners).host).toBe('[${env:MY_POD_IP}]');
    expect(gatewayOf({ presets: { otlpReceiver: { enabled: false } } }).listeners).toEqual([]);
  });

  test('take ports of the node', () => {
    const ports = (agent: object) => first(chartModel({ 'opentelemetry-agent': agent }).collectors).hostPorts;
    expect([...ports({})].sort()).toEqual([14250, 14268, 4317, 4318, 6831, 6832, 8125, 9411]);
    const only = {
      jaegerReceiver: { enabled: false },
      zipkinReceiver: { enabled: false },
      statsdReceiver: { enabled: false },
    };
    expect(ports({ hostNetwork: false, presets: only, ports: { otlp: { hostPort: 14317 } } })).toEqual([14317, 4318]);
    expect(ports({ hostNetwork: false, distribution: 'gke/autopilot' })).toEqual([]);
    expect(ports({ hostNetwork: false, mode: 'deployment' })).toEqual([]);
  });
});

describe('the Services of a release', () => {
  const services = (values: object) =>
    chartModel(values).services.map(({ name, headless, internalTrafficPolicy, ports }) => ({
      name,
      is: `${headless ? 'headless' : internalTrafficPolicy} ${ports.map(({ port }) => port).join()}`,
    }));

  test('are that of the cluster collector, and of the agent only when it is enabled', () => {
    const cluster = { name: 'coralogix-opentelemetry-collector', is: 'Cluster 4317' };
    const agent = (is: string) => ({ name: 'coralogix-opentelemetry', is });
    const withAgent = (service: object) => services({ 'opentelemetry-agent': { service } });
    expect(services({})).toEqual([cluster]);
    expect(withAgent({ enabled: true })).toEqual([agent('Local 4317,4318'), cluster]);
    expect(withAgent({ enabled: true, internalTrafficPolicy: 'Cluster' })).toEqual([
      agent('Cluster 4317,4318'),
      cluster,
    ]);
    expect(withAgent({ type: 'NodePort' })).toEqual([cluster]);
  });

  test('of the gateway is headless', () => {
    const [, gateway] = services({ 'opentelemetry-gateway': { enabled: true } });
    expect(gateway).toEqual({ name: 'coralogix-opentelemetry-gateway', is: 'headless 4317' });
  });

  test('have the ports that the values name', () => {
    const ports = { 'otlp-http': { enabled: true }, more: { enabled: true, containerPort: 9, servicePort: 99 } };
    expect(services({ 'opentelemetry-cluster-collector': { ports } })).toEqual([
      { name: 'coralogix-opentelemetry-collector', is: 'Cluster 99,4317,4318' },
    ]);
    expect(services({ 'opentelemetry-cluster-collector': { service: { enabled: false } } })).toEqual([]);
  });
});

describe('names and labels', () => {
  const agent = (values: object) => chartModel({ 'opentelemetry-agent': { service: { enabled: true }, ...values } });

  test('select the pods of the agent', () => {
    const { collectors, services } = agent({ podLabels: { team: 'a', cluster: '{{ .Values.global.clusterName }}' } });
    const selector = {
      'app.kubernetes.io/name': 'opentelemetry-agent',
      'app.kubernetes.io/instance': '<release>',
      component: 'agent-collector',
    };
    expect(first(services).selector).toEqual(selector);
    expect(first(collectors).labels).toEqual({ ...selector, team: 'a', cluster: 'k3s' });
  });

  test('are overridden', () => {
    const { collectors, services } = agent({
      fullnameOverride: `${'a'.repeat(62)}--`,
      nameOverride: 'mine',
      namespaceOverride: 'here',
    });
    expect(first(services)).toMatchObject({ name: 'a'.repeat(62), namespace: 'here' });
    expect(first(collectors).labels['app.kubernetes.io/name']).toBe('mine');
  });

  test('follow the release when nothing overrides them', () => {
    const text = toYaml({ 'opentelemetry-agent': { service: { enabled: true }, fullnameOverride: '' } });
    const name = (props: object) => first(modelOf(text, props).services).name;
    expect(name({ releaseName: 'otel' })).toBe('otel-opentelemetry-agent');
    expect(name({ releaseName: 'my-opentelemetry-agent' })).toBe('my-opentelemetry-agent');
    expect(name({})).toBe('<release>-opentelemetry-agent');
  });

  test('have the namespace of the release', () => {
    const text = toYaml({ 'opentelemetry-agent': { service: { enabled: true } } });
    const { collectors, services } = modelOf(text, { releaseNamespace: 'observe' });
    expect([first(collectors).namespace, first(services).namespace]).toEqual(['observe', 'observe']);
  });
});
