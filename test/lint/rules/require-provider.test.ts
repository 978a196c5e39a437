import { expect, test } from 'vitest';
import { requireProvider as rule } from '../../../lib/lint/rules/require-provider.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';

const values = (cluster: string, agent = 'provider: on-prem') =>
  chartValues(`opentelemetry-agent:\n  ${agent}\nopentelemetry-cluster-collector:\n  ${cluster}\n`);

test('reports the sub-chart without a provider, and fixes it', () => {
  const text = values('# one\n  replicaCount: 1 # only');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:6:1',
      message:
        'opentelemetry-cluster-collector has no provider, and opentelemetry-agent of the same cluster has on-prem',
      suggestion: 'write below opentelemetry-cluster-collector: provider: on-prem',
    },
  ]);
  expect(fixed(rule, text)).toBe(values('# one\n  provider: on-prem\n  replicaCount: 1 # only'));
});

test('fixes a mapping in flow style', () => {
  const flow = (more: string) =>
    chartValues(
      `opentelemetry-agent: { provider: gcp }\nopentelemetry-cluster-collector: { ${more}replicaCount: 1 }\n`,
    );
  expect(fixed(rule, flow(''))).toBe(flow('provider: gcp, '));
});

test('reports a sub-chart that the values do not mention, where another has a provider', () => {
  const text = chartValues('opentelemetry-agent:\n  provider: on-prem\n');
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:4:1' }]);
  expect(rule.check(modelOf(text))[0]?.fix).toBeUndefined();
});

test('accepts a distribution in place of a provider', () => {
  expect(report(rule, values('replicaCount: 1', 'distribution: eks'))).toMatchObject([
    { suggestion: 'write below opentelemetry-cluster-collector: provider: aws' },
  ]);
});

test.each([
  ['none told', chartValues('opentelemetry-agent: {}\n')],
  ['all told', values('provider: on-prem')],
  ['one that detects nothing', values('presets: { resourceDetection: { enabled: false } }')],
  ['one that is off', values('enabled: false')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
