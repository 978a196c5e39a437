import { expect, test } from 'vitest';
import { validOperatorRegion as rule } from '../../../lib/lint/rules/valid-operator-region.ts';
import { chartValues } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { deployment, documents, literal } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const values = (setting: string, enabled = true) =>
  chartValues(`coralogix-operator:\n  enabled: ${enabled}\n  coralogixOperator:\n    ${setting}\n`);

test.each([
  ['region: EU1', 'region is "EU1"', 'EU2'],
  ['domain: eu1.coralogix.com', 'domain is "eu1.coralogix.com"', 'eu2.coralogix.com'],
])('reports %s of the operator while data goes elsewhere', (setting, told, meant) => {
  expect(report(rule, values(setting))).toEqual([
    {
      at: 'app.yaml:7:13',
      message: `coralogix-operator.coralogixOperator.${told}, and data is sent to eu2.coralogix.com, which is EU2`,
      suggestion: `write: ${meant}`,
    },
  ]);
});

test('reports a region that there is not', () => {
  expect(report(rule, values('region: eu-north-1'))).toEqual([
    {
      at: 'app.yaml:7:13',
      message: 'coralogix-operator.coralogixOperator.region is "eu-north-1", which no region of Coralogix is',
      suggestion: 'write: EU2',
    },
  ]);
});

test('says which regions there are where the domain says nothing', () => {
  const text = values('region: north').replace('eu2.coralogix.com', '""');
  expect(report(rule, text)).toMatchObject([{ suggestion: expect.stringMatching(/^write one of US1, US2/) }]);
});

test('reports the operator of manifests', () => {
  const operator = deployment({
    name: 'coralogix-operator',
    image: 'coralogixrepo/coralogix-operator:v2.1.0',
    env: literal('CORALOGIX_REGION', 'US1'),
  });
  expect(report(rule, documents(operator, mounted({ config: countingSpans() })))).toEqual([
    {
      at: `app.yaml:${placeOf(operator, 'US1')}`,
      message:
        'CORALOGIX_REGION of Deployment coralogix-operator is "US1", and data is sent to eu2.coralogix.com, which is EU2',
      suggestion: 'write: EU2',
    },
  ]);
});

test.each([
  ['the region of the domain', values('region: EU2')],
  ['the region in small letters', values('region: eu2')],
  ['its domain', values('domain: eu2.coralogix.com')],
  ['an operator that is off', values('region: EU1', false)],
  ['no region', values('region: ""')],
  ['a placeholder', values('region: "${REGION}"')],
  ['a domain that only helm is told', values('region: EU1').replace('eu2.coralogix.com', '""')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
