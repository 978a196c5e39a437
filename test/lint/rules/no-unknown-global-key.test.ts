import { expect, test } from 'vitest';
import { noUnknownGlobalKey as rule } from '../../../lib/lint/rules/no-unknown-global-key.ts';
import { fixed, report } from './support/lint-text.ts';

const values = (key: string, more = '') => `global:
  domain: eu2.coralogix.com # region
  ${key}: shop
${more}opentelemetry-agent: {}
`;

test.each([
  ['clustername', 'clusterName'],
  ['cluster_name', 'clusterName'],
  ['deploymentEnvironment', 'deploymentEnvironmentName'],
  ['loglevel', 'logLevel'],
])('reports %s', (key, meant) => {
  expect(report(rule, values(key))).toEqual([
    {
      at: 'app.yaml:3:3',
      message: `global.${key} has no effect: the chart reads global.${meant}`,
      suggestion: `write: ${meant}`,
    },
  ]);
});

test('says to remove a misspelt key when the right one is there', () => {
  expect(report(rule, values('clustername', '  clusterName: shop\n'))).toMatchObject([
    { suggestion: 'remove it, global.clusterName is there' },
  ]);
});

test('mends what differs in case and separators alone', () => {
  expect(fixed(rule, values('"cluster-name"'))).toBe(values('clusterName'));
});

test.each(['clusterName', 'extensions', 'imageRegistry', 'storageClass'])('does not report %s', (key) => {
  expect(report(rule, values(key))).toEqual([]);
});

test('does not report values of some other chart', () => {
  expect(report(rule, 'global:\n  domain: example.com\n  loglevel: debug\n')).toEqual([]);
});
