import { expect, test } from 'vitest';
import { chartDefaultDimensions } from '../../../lib/chart/dimensions.ts';
import { noDroppedChartDimension as rule } from '../../../lib/lint/rules/no-dropped-chart-dimension.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';

const agent = (text: string) => chartValues(`opentelemetry-agent:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const listed = (list: string) =>
  agent(`presets:\n  spanMetrics:\n    extraDimensions: # ours\n${list.replaceAll(/^/gm, '      ')}`);
const entries = (names: readonly string[]) =>
  names
    .map((name) => `- name: ${name}\n`)
    .join('')
    .trim();

const allButOne = chartDefaultDimensions.filter((name) => name !== 'db.system');

test('reports the one that a list lacks', () => {
  const text = listed(entries(['k8s.pod.name # pod', ...allButOne]));
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:7:7',
      message: 'extraDimensions replaces the list of the chart and drops db.system',
      suggestion: 'add: { name: db.system }',
    },
  ]);
  expect(fixed(rule, text)).toBe(listed(entries(['db.system', 'k8s.pod.name # pod', ...allButOne])));
});

test('adds all that a list lacks before its own', () => {
  const own = '# the pod\n- name: k8s.pod.name\n- name: status_code';
  const rest = chartDefaultDimensions.filter((name) => name !== 'status_code');
  expect(fixed(rule, listed(own))).toBe(
    listed(`# the pod\n${entries(rest)}\n- name: k8s.pod.name\n- name: status_code`),
  );
});

test('mends a list in flow style', () => {
  const flow = (names: readonly string[]) =>
    agent(`presets: { spanMetrics: { extraDimensions: [${names.map((name) => `{ name: ${name} }`).join(', ')}] } }`);
  expect(fixed(rule, flow(allButOne))).toBe(flow(['db.system', ...allButOne]));
});

test('reports a list without entries, which nobody can mend for sure', () => {
  const text = agent('presets: { spanMetrics: { extraDimensions: [] } }');
  expect(report(rule, text)).toMatchObject([
    { message: 'extraDimensions replaces the list of the chart and drops http.method, cgx.transaction and 7 others' },
  ]);
  expect(rule.check(modelOf(text))[0]?.fix).toBeUndefined();
});

test('reports the list of the connector, which replaces what the presets append as well', () => {
  const text = agent(`presets: { spanMetrics: { extraDimensions: [] } }
config:
  connectors:
    spanmetrics:
      dimensions:
${entries(chartDefaultDimensions).replaceAll(/^/gm, '        ')}`);
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:9:9',
      message:
        'dimensions replaces the list of the chart and drops http.response.status_code, rpc.grpc.status_code and service.version',
      suggestion: 'add: { name: http.response.status_code }, { name: rpc.grpc.status_code }, { name: service.version }',
    },
  ]);
});

test('reports the list of spanMetricsMulti when that is on', () => {
  const multi = (enabled: boolean) =>
    agent(`presets: { spanMetricsMulti: { enabled: ${enabled}, extraDimensions: [{ name: a }] } }`);
  expect(report(rule, multi(true))).toHaveLength(1);
  expect(report(rule, multi(false))).toEqual([]);
});

test.each([
  ['no list', 'presets: { spanMetrics: { enabled: true } }'],
  ['a preset that is off', 'presets: { spanMetrics: { enabled: false, extraDimensions: [] } }'],
  ['an agent that is off', 'enabled: false\npresets: { spanMetrics: { extraDimensions: [] } }'],
  ['dimensions of databases', 'presets: { spanMetrics: { dbMetrics: { extraDimensions: [{ name: a }] } } }'],
])('does not report %s', (_, text) => {
  expect(report(rule, agent(text))).toEqual([]);
});

test('does not report a list with all of them, in any order', () => {
  expect(report(rule, listed(entries(['a', ...chartDefaultDimensions.toReversed()])))).toEqual([]);
});

test('keeps the line ends of a file, and leaves JSON alone', () => {
  const text = listed(entries(allButOne)).replaceAll('\n', '\r\n');
  expect(fixed(rule, text)).toBe(listed(entries(['db.system', ...allButOne])).replaceAll('\n', '\r\n'));
  const json = JSON.stringify({
    'opentelemetry-agent': { presets: { spanMetrics: { extraDimensions: [{ name: 'a' }] } } },
  });
  expect(rule.check(modelOf(json)).map(({ fix }) => fix?.apply(json))).toEqual([json]);
});
