import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { type ReadModelProps, readModel } from '../../../lib/model/read-model.ts';
import { first } from '../support/model-of.ts';

const sourcesOf = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([file, text]) => ({ file, text }));

const valuesOf = (files: Readonly<Record<string, string>>, props?: ReadModelProps) =>
  readModel(sourcesOf(files), props).values;

const errors = (files: Readonly<Record<string, string>>, props: ReadModelProps = {}) =>
  lintSources(sourcesOf(files), props)
    .result.findings.filter(({ level }) => level === 'error')
    .map(({ rule, place, message }) => ({ at: `${place.file}:${place.line}`, rule: rule.id, message }));

const globals = 'global: { domain: eu1.coralogix.com, clusterName: bakery }\n';
const preset = (name: string, enabled: boolean) =>
  `${globals}opentelemetry-agent:\n  presets:\n    ${name}: { enabled: ${enabled} }\n`;

const chart = (dependency: string) =>
  `apiVersion: v2\nname: platform\nversion: 1.0.0\ndependencies:\n  - ${dependency}\n`;
const dependency = '{ name: otel-integration, version: 0.0.331, repository: "https://charts.example.com" }';

test.each([
  ['spanMetrics', 'require-span-metrics-collector'],
  ['kubeletMetrics', 'require-pod-and-host-metrics'],
])('each file of a folder is an installation of its own, whose %s counts', (name, rule) => {
  const files = { 'values-dev.yaml': preset(name, true), 'values-prod.yaml': preset(name, false) };
  expect(errors(files)).toMatchObject([{ at: 'values-prod.yaml:4', rule }]);
});

test('layers are merged in their order, null takes a key away, and the layer that decides has the place', () => {
  const files = {
    'base.yaml': 'opentelemetry-agent:\n  presets: { spanMetrics: { enabled: true } }\n  podLabels: { a: b }\n',
    'prod.yaml': `${globals}opentelemetry-agent:\n  presets:\n    spanMetrics: { enabled: false }\n  podLabels: null\n`,
  };
  const layered = (...valuesFiles: string[]) => valuesOf(files, { valuesFiles, areLayers: true });
  const [values, ...others] = layered('base.yaml', 'prod.yaml');
  expect(others).toEqual([]);
  expect(values?.written).toMatchObject({
    global: { clusterName: 'bakery' },
    'opentelemetry-agent': { presets: { spanMetrics: { enabled: false } }, podLabels: null },
  });
  const path = ['opentelemetry-agent', 'presets', 'spanMetrics', 'enabled'];
  expect(values?.document.place(path)).toMatchObject({ file: 'prod.yaml', line: 4 });
  expect(first(layered('prod.yaml', 'base.yaml')).document.place(path)).toMatchObject({ file: 'base.yaml', line: 2 });
});

test('a layer that fits no chart by itself belongs to the chart of the others', () => {
  const files = { 'a.yaml': 'mode: daemonset\nconfig: { receivers: {} }\n', 'b.yaml': 'podLabels: { team: a }\n' };
  const values = valuesOf(files, { valuesFiles: ['a.yaml', 'b.yaml'], areLayers: true });
  expect(values.map((found) => [found.chart, found.valuesFiles])).toEqual([
    ['opentelemetry-collector', ['a.yaml', 'b.yaml']],
  ]);
});

test.each([
  ['name', dependency, 'otel-integration'],
  ['alias', dependency.replace('version', 'alias: telemetry, version'), 'telemetry'],
])('values of a dependency stand below its %s, which findings name', (_, written, key) => {
  const files = {
    'chart/Chart.yaml': chart(written),
    'chart/values.yaml': `${globals}${key}:\n  opentelemetry-agent:\n    presets:\n      kubeletMetrics: { enabled: false }\n`,
  };
  expect(errors(files)).toEqual([
    {
      at: 'chart/values.yaml:5',
      rule: 'require-pod-and-host-metrics',
      message: expect.stringContaining(`kubeletMetrics of ${key}.opentelemetry-agent is off`),
    },
  ]);
});

test('a dependency has the globals of its chart, and given values over those of the chart', () => {
  const files = {
    'chart/Chart.yaml': chart(dependency),
    'chart/values.yaml': `${globals}otel-integration:\n  global: { domain: us1.coralogix.com, deploymentEnvironmentName: a }\n`,
    'prod.yaml': 'otel-integration:\n  opentelemetry-agent: { presets: { kubeletMetrics: { enabled: false } } }\n',
  };
  const [values, ...others] = valuesOf(files, { valuesFiles: ['prod.yaml'], areLayers: true });
  expect(others).toEqual([]);
  expect(values?.written).toMatchObject({
    global: { domain: 'eu1.coralogix.com', clusterName: 'bakery', deploymentEnvironmentName: 'a' },
    'opentelemetry-agent': { presets: { kubeletMetrics: { enabled: false } } },
  });
});

test.each([
  ['a dependency whose condition is false', dependency.replace('version', 'condition: otel.enabled, version'), 0],
  ['a dependency without a condition', dependency, 1],
  ['a chart with other dependencies', '{ name: redis, version: 1.0.0 }', 0],
])('%s is installed as Chart.yaml decides', (_, written, count) => {
  const files = {
    'Chart.yaml': chart(written),
    'values.yaml': 'otel: { enabled: false }\notel-integration: {}\n',
  };
  expect(valuesOf(files)).toHaveLength(count);
});

test('what helm refuses of a preset of a dependency is reported as such', () => {
  const files = {
    'Chart.yaml': chart(dependency),
    'values.yaml': `${globals}otel-integration: { opentelemetry-agent: { presets: { batch: { enabled: 1 } } } }\n`,
  };
  expect(errors(files).map(({ rule }) => rule)).toEqual(['valid-preset']);
});

test.each([
  ['by its folder', '{ name: telemetry, version: 1.0.0 }', 'charts/telemetry', 'telemetry'],
  ['by its alias', '{ name: telemetry, version: 1.0.0, alias: otel }', 'charts/telemetry', 'otel'],
  [
    'by its path',
    '{ name: telemetry, version: 1.0.0, repository: "file://../telemetry" }',
    '../telemetry',
    'telemetry',
  ],
])('values of a dependency of a dependency, found %s, stand below both names', (_, outer, folder, key) => {
  const inner = join('platform', folder);
  const files = {
    'platform/Chart.yaml': chart(outer).replace('name: shop', 'name: platform'),
    'platform/values.yaml': `${globals}${key}:\n  otel-integration:\n    opentelemetry-agent: { presets: { kubeletMetrics: { enabled: false } } }\n`,
    [`${inner}/Chart.yaml`]: `apiVersion: v2\nname: telemetry\nversion: 1.0.0\ndependencies: [${dependency}]\n`,
    [`${inner}/values.yaml`]: 'otel-integration:\n  opentelemetry-agent: { service: { enabled: true } }\n',
  };
  const [values, ...others] = valuesOf(files);
  expect([others, values?.root]).toEqual([[], [key, 'otel-integration']]);
  expect(values?.written).toMatchObject({
    global: { domain: 'eu1.coralogix.com' },
    'opentelemetry-agent': { service: { enabled: true }, presets: { kubeletMetrics: { enabled: false } } },
  });
  expect(errors(files)).toEqual([
    expect.objectContaining({ at: 'platform/values.yaml:4', rule: 'require-pod-and-host-metrics' }),
  ]);
});

test('values of a chart whose dependency is off are values of nothing else, and are understood', () => {
  const files = {
    'Chart.yaml': chart(dependency.replace('version', 'condition: otel-integration.enabled, version')),
    'values.yaml': `${globals}otel-integration: { enabled: false, opentelemetry-agent: {} }\n`,
  };
  const model = readModel(Object.entries(files).map(([file, text]) => ({ file, text })));
  expect([model.values, model.unknown]).toEqual([[], []]);
});
