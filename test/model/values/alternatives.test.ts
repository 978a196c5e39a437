import { expect, test } from 'vitest';
import { readModel } from '../../../lib/model/read-model.ts';
import { alternatives } from '../../../lib/model/values/alternatives.ts';

const values = (text = '') => `global: { domain: eu2.coralogix.com, clusterName: one }\n${text}`;
const gatewayOnly = `opentelemetry-agent: { enabled: false }
opentelemetry-cluster-collector: { enabled: false }
opentelemetry-gateway: { enabled: true }
`;

/** Titles of the installations of each alternative. */
function titles(files: Readonly<Record<string, string>>): string[][] {
  const model = readModel(Object.entries(files).map(([file, text]) => ({ file, text })));
  return alternatives(model).map(({ isThere }) => model.only(isThere).values.map(({ title }) => title));
}

test.each([
  ['one installation', { 'a.yaml': values() }, []],
  ['two environments', { 'a.yaml': values(), 'b.yaml': values() }, [['b.yaml']]],
  ['three', { 'a.yaml': values(), 'b.yaml': values(), 'c.yaml': values() }, [['b.yaml'], ['c.yaml']]],
  ['two releases of other workloads', { 'a.yaml': values(), 'b.yaml': values(gatewayOnly) }, []],
  [
    'a release that both environments have',
    { 'a.yaml': values(), 'b.yaml': values(), 'gateway.yaml': values(gatewayOnly) },
    [['b.yaml', 'gateway.yaml']],
  ],
])('of %s, each that excludes another is there once', (_, files, expected) => {
  expect(titles(files)).toEqual(expected);
});
