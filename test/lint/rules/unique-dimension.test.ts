import { expect, test } from 'vitest';
import { uniqueDimension as rule } from '../../../lib/lint/rules/unique-dimension.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (spanMetrics: string) =>
  chartValues(`opentelemetry-agent:
  presets:
    spanMetrics:
      ${spanMetrics.trim().replaceAll('\n', '\n      ')}
`);

const listed = (...names: string[]) =>
  agent(`extraDimensions:\n${names.map((name) => `  - name: ${name} # ${name}\n`).join('')}`);

test('reports a dimension that the list has twice, at the second', () => {
  const text = listed('a', 'b', 'a');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:10:11',
      message: 'spanmetrics has dimension a twice: the collector does not start',
      suggestion: 'remove a',
    },
  ]);
  expect(fixed(rule, text)).toBe(listed('a', 'b'));
});

test('reports what the chart appends, where the list has it', () => {
  const text = listed('service.version', 'a', 'http.response.status_code');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:10:11',
      message:
        'dimension http.response.status_code is there twice, from presets.spanMetrics.extraDimensions and from presets.spanMetrics.errorTracking: the agent does not start',
      suggestion: 'remove http.response.status_code from the list: the chart adds it',
    },
    {
      at: 'app.yaml:8:11',
      message:
        'dimension service.version is there twice, from presets.spanMetrics.extraDimensions and from presets.spanMetrics.serviceVersion: the agent does not start',
      suggestion: 'remove service.version from the list: the chart adds it',
    },
  ]);
  expect(fixed(rule, text)).toBe(listed('a'));
});

test('reports a dimension that is in the list twice and appended', () => {
  const text = listed('service.version', 'a', 'service.version');
  expect(report(rule, text)).toHaveLength(2);
  expect(fixed(rule, text)).toBe(listed('a'));
});

test('reports what every series has', () => {
  const text = listed('service.name', 'a', 'span_kind');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:8:11',
      message:
        'the collector sets service.name on every series itself and refuses it as a dimension: the agent does not start',
      suggestion: 'remove service.name',
    },
    {
      at: 'app.yaml:10:11',
      message: 'dimension span_kind becomes the same label as span.kind, which every series has',
      suggestion: 'remove span_kind',
    },
  ]);
  expect(fixed(rule, text)).toBe(listed('a'));
});

test('reports names that become one label, and leaves the choice', () => {
  const text = listed('k8s.pod.name', 'k8s_pod_name');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:9:11',
      message: 'dimensions k8s.pod.name and k8s_pod_name become the same label in the metrics store',
      suggestion: 'keep one of k8s.pod.name and k8s_pod_name',
    },
  ]);
  expect(rule.check(modelOf(text)).map(({ fix }) => fix)).toEqual([undefined]);
});

test.each([
  ['a name that is there twice', ['a', 'a'], undefined],
  ['a name that the connector sets', ['service.name'], undefined],
  ['names that become one label', ['a.b', 'a_b'], 'warning'],
  ['a name that becomes a label of the connector', ['span_kind'], 'warning'],
] as const)('the severity of %s is that of what the collector does with it', (_, names, severity) => {
  expect(rule.check(modelOf(listed(...names))).map((finding) => finding.severity)).toEqual([severity]);
});

test('mends lists in flow style', () => {
  const flow = (...names: string[]) =>
    agent(`extraDimensions: [${names.map((name) => `{ name: ${name} }`).join(', ')}]`);
  expect(fixed(rule, flow('a', 'b', 'a'))).toBe(flow('a', 'b'));
  expect(fixed(rule, flow('service.version', 'a'))).toBe(flow('a'));
  expect(fixed(rule, flow('a', 'b', 'b', 'c'))).toBe(flow('a', 'b', 'c'));
});

test('reports dimensions of the metrics of databases, which the chart adds to', () => {
  const text = agent('dbMetrics:\n  extraDimensions:\n    - name: server.address\n    - name: db.system');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:10:13',
      message: 'spanmetrics/db has dimension db.system twice: the collector does not start',
      suggestion: 'remove db.system from the list: the chart adds it',
    },
  ]);
  expect(fixed(rule, text)).toBe(text.replace(/ +- name: db.system\n/, ''));
});

test('reports a list that is shared by several connectors once', () => {
  const text = chartValues(`opentelemetry-agent:
  presets:
    spanMetrics: { enabled: false }
    spanMetricsMulti:
      enabled: true
      configs: [{ selector: route(), histogramBuckets: [1s] }]
      extraDimensions: [{ name: a }, { name: a }]
`);
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:10:38', suggestion: 'remove a' }]);
});

test('reports dimensions in the configuration of the connector, whose list counts alone', () => {
  const text = chartValues(`opentelemetry-agent:
  presets:
    spanMetrics:
      extraDimensions: [{ name: z }, { name: z }]
  config:
    connectors:
      spanmetrics:
        dimensions:
          - name: a
          - name: a
`);
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:13:13', suggestion: 'remove a' }]);
});

test('reports a rendered configuration, used or not, with the place in the ConfigMap', () => {
  const text = mounted({
    config: countingSpans({
      connectors:
        'spanmetrics: { namespace: "", dimensions: [{ name: a }] }\nspanmetrics/old: { dimensions: [{ name: b }, { name: b }] }',
    }),
  });
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:12:52',
      message: 'spanmetrics/old has dimension b twice: the collector does not start',
      suggestion: 'remove b',
    },
  ]);
});

test.each([
  ['the list of the chart', 'enabled: true'],
  ['dimensions that differ', 'extraDimensions: [{ name: a }, { name: b }]'],
  [
    'service.version with the switch off',
    'serviceVersion: { enabled: false }\nextraDimensions: [{ name: service.version }]',
  ],
  [
    'status codes with the switch off',
    'errorTracking: { enabled: false }\nextraDimensions: [{ name: rpc.grpc.status_code }]',
  ],
  ['a preset that is off', 'enabled: false\nextraDimensions: [{ name: a }, { name: a }]'],
  ['the chart’s own status_code', 'extraDimensions: [{ name: status_code }]'],
])('does not report %s', (_, spanMetrics) => {
  expect(report(rule, agent(spanMetrics))).toEqual([]);
});

test('does not report a rendered configuration without repetitions', () => {
  const connectors =
    'spanmetrics: { namespace: "", dimensions: [{ name: a }, { name: b }] }\nspanmetrics/db: { dimensions: [{ name: a }] }';
  expect(report(rule, mounted({ config: countingSpans({ connectors }) }))).toEqual([]);
});
