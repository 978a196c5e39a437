import { expect, test } from 'vitest';
import { renderChart } from '../../lib/chart/chart.ts';
import { connectorDimensions } from '../../lib/chart/effective-dimensions.ts';
import { exactVersion, knowledgeOf } from '../../lib/chart/versions.ts';
import { first } from '../model/support/model-of.ts';

test.each([
  ['otel-integration', '0.0.331', 'known'],
  ['otel-integration', '0.0.330', 'known'],
  ['otel-integration', '0.0.325', 'known'],
  ['otel-integration', '0.0.324', 'other'],
  ['otel-integration', '0.0.320', 'other'],
  ['otel-integration', '0.0.319', 'older'],
  ['otel-integration', '0.0.99', 'older'],
  ['otel-integration', '0.0.332', 'other'],
  ['otel-integration', '0.1.0', 'other'],
  ['opentelemetry-collector', '0.135.4', 'known'],
  ['opentelemetry-collector', '0.100.0', 'other'],
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

const release = { name: 'otel', namespace: 'telemetry' };
const dimensionsOf = (values: object, version?: string) => {
  const agent = first(renderChart('otel-integration', { 'opentelemetry-agent': values }, release, version).collectors);
  return connectorDimensions(agent, 'spanmetrics').map(({ name, origin }) => `${name} ${origin}`);
};

// What `helm template` of these versions gives for values without a list.
test.each([
  ['0.0.320', false],
  ['0.0.329', false],
  ['0.0.330', true],
  [undefined, true],
])('the span metrics of otel-integration %s have graphql.operation.type by default: %s', (version, expected) => {
  const dimensions = dimensionsOf({}, version);
  expect(dimensions.includes('graphql.operation.type chart-default')).toBe(expected);
  expect(dimensions).toEqual(dimensionsOf({}).filter((name) => expected || !name.startsWith('graphql')));
});

test('a list in the values is that of every version', () => {
  const spanMetrics = { extraDimensions: [{ name: 'graphql.operation.type' }] };
  expect(dimensionsOf({ presets: { spanMetrics } }, '0.0.320')[0]).toBe('graphql.operation.type values');
});
