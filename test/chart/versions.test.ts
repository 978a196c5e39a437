import { expect, test } from 'vitest';
import { renderChart } from '../../lib/chart/chart.ts';
import { connectorDimensions } from '../../lib/chart/effective-dimensions.ts';
import { exactVersion, knowledgeOf } from '../../lib/chart/versions.ts';
import { textListAt } from '../../lib/yaml/value.ts';
import { first } from '../model/support/model-of.ts';

test.each([
  ['otel-integration', '0.0.331', 'known'],
  ['otel-integration', '0.0.317', 'known'],
  ['otel-integration', '0.0.316', 'older'],
  ['otel-integration', '0.0.99', 'older'],
  ['otel-integration', '0.0.332', 'newer'],
  ['otel-integration', '0.1.0', 'newer'],
  ['opentelemetry-collector', '0.135.4', 'known'],
  ['opentelemetry-collector', '0.132.0', 'known'],
  ['opentelemetry-collector', '0.131.9', 'older'],
  ['opentelemetry-collector', '0.136.0', 'newer'],
] as const)('%s %s is %s', (chart, version, expected) => {
  expect(knowledgeOf(chart, version)).toBe(expected);
});

test.each([
  ['0.0.331', '0.0.331'],
  ['v0.0.331', '0.0.331'],
  ['^0.0.300', undefined],
  ['0.0.x', undefined],
  ['main', undefined],
  [undefined, undefined],
])('the version %s is exactly %s', (text, expected) => {
  expect(exactVersion(text)).toBe(expected);
});

const globals = { global: { domain: 'eu2.coralogix.com', clusterName: 'c1' } };
const release = { name: 'otel', namespace: 'telemetry' };
const dimensionsOf = (values: object, version?: string) => {
  const agent = first(renderChart('otel-integration', { 'opentelemetry-agent': values }, release, version).collectors);
  return connectorDimensions(agent, 'spanmetrics').map(({ name, origin }) => `${name} ${origin}`);
};

// What `helm template` of these versions gives for values without a list.
test.each([
  ['0.0.317', false],
  ['0.0.329', false],
  ['0.0.330', true],
  [undefined, true],
])('the span metrics of otel-integration %s have graphql.operation.type by default: %s', (version, expected) => {
  const dimensions = dimensionsOf({}, version);
  expect(dimensions.includes('graphql.operation.type chart-default')).toBe(expected);
  expect(dimensions).toEqual(dimensionsOf({}).filter((name) => expected || !name.startsWith('graphql')));
});

// What `helm template` of these versions gives for values without any key.
test.each([
  ['0.0.317', 'k8sattributes/profiles resource/metadata'],
  ['0.0.320', 'k8sattributes/profiles resource/metadata'],
  ['0.0.322', 'k8sattributes/profiles resource/metadata'],
  ['0.0.323', 'resource/metadata k8sattributes/profiles'],
  ['0.0.325', 'resource/metadata k8sattributes/profiles'],
  ['0.0.330', 'resource/metadata k8sattributes/profiles'],
])('the pipelines of otel-integration %s are those of 0.0.331, with the profiles by way of %s', (version, profiles) => {
  const pipelines = (of?: string) =>
    first(renderChart('otel-integration', {}, release, of).collectors).configuration?.['service'];
  const order = 'resourcedetection/region resourcedetection/env';
  expect(processorsOf(pipelines(version), 'profiles')).toBe(`memory_limiter ${order} ${profiles} transform/profiles`);
  for (const id of ['traces', 'metrics', 'logs', 'traces/compact', 'traces/db', 'metrics/compact']) {
    expect(processorsOf(pipelines(version), id)).toBe(processorsOf(pipelines(), id));
  }
});

const processorsOf = (service: unknown, id: string): string =>
  textListAt(service, 'pipelines', id, 'processors').join(' ');

test.each([
  ['0.0.330', ['seriesExpiration is not allowed']],
  ['0.0.331', []],
])('the schema of otel-integration %s refuses %j of values with an expiration of series', (version, expected) => {
  const values = { 'opentelemetry-agent': { presets: { spanMetrics: { seriesExpiration: '1m' } } } };
  const { refusals } = renderChart('otel-integration', { ...globals, ...values }, release, version);
  expect(refusals.map(({ reason }) => reason.replace(/^.*property /, ''))).toEqual(expected);
});

test('a list in the values is that of every version', () => {
  const spanMetrics = { extraDimensions: [{ name: 'graphql.operation.type' }] };
  expect(dimensionsOf({ presets: { spanMetrics } }, '0.0.320')[0]).toBe('graphql.operation.type values');
});
