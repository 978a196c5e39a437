import { expect, test } from 'vitest';
import { requirePodAttributes as rule } from '../../../lib/lint/rules/require-pod-attributes.ts';
import { smallSystem } from '../../model/support/small-system.ts';
import { type AgentProps, chartValues, agent as collectorObjects } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { deployment, documents, literal } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (text: string) => chartValues(`opentelemetry-agent:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const metadata = (names: string) =>
  agent(`config:\n  processors:\n    k8sattributes:\n      extract:\n        metadata: ${names}`);

test('reports the preset that is off', () => {
  expect(report(rule, agent('presets:\n  kubernetesAttributes:\n    enabled: false'))).toEqual([
    {
      at: 'app.yaml:7:16',
      message: 'the agent of app.yaml counts spans to which no k8sattributes adds the names of pod and node',
      suggestion: 'write below its presets: kubernetesAttributes: { enabled: true }',
    },
  ]);
});

test.each([
  ['[k8s.namespace.name]', 'k8s.pod.name and k8s.node.name', 'k8s.pod.name, k8s.node.name'],
  ['[k8s.pod.name, k8s.deployment.name]', 'k8s.node.name', 'k8s.node.name'],
  ['[]', 'k8s.pod.name and k8s.node.name', 'k8s.pod.name, k8s.node.name'],
])('reports the list %s', (names, lacks, add) => {
  expect(report(rule, metadata(names))).toEqual([
    {
      at: 'app.yaml:9:11',
      message: `k8sattributes of the agent of app.yaml does not add ${lacks}`,
      suggestion: `add to metadata: ${add}`,
    },
  ]);
});

test('reports a processor that only passes through', () => {
  expect(report(rule, agent('config: { processors: { k8sattributes: { passthrough: true } } }'))).toEqual([
    {
      at: 'app.yaml:5:57',
      message:
        'k8sattributes of the agent of app.yaml only passes addresses through: spans get no names of pod and node',
      suggestion: 'write: passthrough: false',
    },
  ]);
});

test('reports a rendered collector', () => {
  const without = mounted({ config: countingSpans({ processors: 'batch' }) });
  const settings = `exporters: { coralogix: {} }
processors: { k8s_attributes/own: { extract: { metadata: [k8s.pod.name] } } }`;
  expect(report(rule, without)).toEqual([
    {
      at: 'app.yaml:18:23',
      message: 'DaemonSet agent counts spans to which no k8sattributes adds the names of pod and node',
      suggestion: 'add k8sattributes to the processors of its traces',
    },
  ]);
  expect(report(rule, mounted({ config: countingSpans({ settings, processors: 'k8s_attributes/own' }) }))).toEqual([
    {
      at: 'app.yaml:13:62',
      message: 'k8s_attributes/own of DaemonSet agent does not add k8s.node.name',
      suggestion: 'add to metadata: k8s.node.name',
    },
  ]);
});

const ownAttributes = literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.name=a,k8s.node.name=b');

test.each([
  ['the chart’s own', agent('mode: daemonset')],
  ['a list with both', metadata('[k8s.pod.name, k8s.node.name]')],
  ['other settings of the processor', agent('config: { processors: { k8sattributes: { extract: { labels: [] } } } }')],
  [
    'an agent that makes no span metrics',
    agent('presets: { kubernetesAttributes: { enabled: false }, spanMetrics: { enabled: false } }'),
  ],
  [
    'the gateway, whose spans the agents have enriched',
    chartValues('opentelemetry-gateway: { enabled: true, presets: { spanMetrics: { enabled: true } } }\n'),
  ],
  ['the defaults of the processor', mounted({ config: countingSpans() })],
  [
    'pods that name both themselves',
    documents(deployment({ env: ownAttributes }), mounted({ config: countingSpans({ processors: 'batch' }) })),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

test('does not report a processor that adds less where another one on the path adds the rest', () => {
  const system = (processors: readonly string[]) =>
    smallSystem({
      processors,
      settings: { 'k8sattributes/less': { extract: { metadata: ['k8s.namespace.name'] } } },
    });
  expect(report(rule, system(['k8sattributes/less']))).toHaveLength(1);
  expect(report(rule, system(['k8sattributes/less', 'k8sattributes']))).toEqual([]);
});

test('does not report a collector that another one sends enriched spans to', () => {
  const sender = mounted({
    config: countingSpans({
      exporters: 'otlp',
      settings: 'exporters: { otlp: { endpoint: "counter:4317" }, coralogix: {} }',
    }),
  });
  const counter = mounted({ name: 'counter', kind: 'Deployment', config: countingSpans({ processors: 'batch' }) });
  expect(report(rule, documents(sender, counter))).toEqual([]);
});

const uncounted = (props: AgentProps = {}) => collectorObjects({ spanMetrics: false, ...props });
const sender = deployment({ env: literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://agent.coralogix:4317') });

test('reports a collector that spans end at, counted or not, without the names of their pods', () => {
  expect(report(rule, documents(uncounted(), sender))).toMatchObject([
    {
      message:
        'of the spans of Deployment api at DaemonSet agent, no processor adds k8s.pod.name and k8s.node.name: no k8sattributes is on the path',
      suggestion: 'add k8sattributes to the processors of its traces',
    },
  ]);
});

test.each([
  ['that nothing sends to', documents(uncounted())],
  [
    'that sends its spans on to another',
    documents(uncounted({ exporters: 'otlp' }), sender).replace(
      'exporters:',
      'exporters:\n      otlp: { endpoint: "elsewhere:4317" }',
    ),
  ],
  [
    'whose senders name pod and node themselves',
    documents(
      uncounted(),
      deployment({
        env:
          literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://agent.coralogix:4317') +
          literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.name=a,k8s.node.name=b'),
      }),
    ),
  ],
])('does not report a collector %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
