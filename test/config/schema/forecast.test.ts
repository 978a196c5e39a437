import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSystem, loadSystem } from '../../../lib/config/load-system.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { minimal } from '../minimal.ts';

function fileWith(forecast: string): string {
  const file = join(temporaryFolder(), 'shop.yaml');
  writeFileSync(file, `${minimal}${forecast}`);
  return file;
}

test('without a forecast there are its defaults', () => {
  expect(loadSystem(fileWith('')).config.forecast).toEqual({ operations: 10, deploymentsPerDay: 1, services: {} });
});

test('operations are a number or a list', () => {
  const { services } = loadSystem(
    fileWith(`forecast:
  budget: 50000
  services:
    api: { operations: 12 }
    web: { operations: [{ name: GET /, methods: [GET], statusCodes: [200], attributes: { tier: 3, db.system: [redis] } }] }
`),
  ).config.forecast;
  expect(services['api']).toEqual({ operations: 12, processes: 1 });
  expect(services['web']?.operations).toEqual([
    {
      name: 'GET /',
      kind: 'server',
      methods: ['GET'],
      statusCodes: [200],
      attributes: { tier: 3, 'db.system': ['redis'] },
      transactions: 1,
    },
  ]);
});

test.each([
  ['{ budget: many }', 'forecast.budget must be a whole number from 1 to 1000000000, not "many"'],
  [
    '{ services: { api: { operations: ten } } }',
    'forecast.services.api.operations must be a whole number from 0 to 100000, not "ten"',
  ],
  [
    '{ services: { api: { operations: [{ name: a, kind: sever }] } } }',
    'forecast.services.api.operations[0].kind must be server, client, producer, consumer or internal, not "sever"',
  ],
  [
    '{ services: { api: { operations: [{ name: a, methods: [get] }] } } }',
    'forecast.services.api.operations[0].methods[0] must be an HTTP method such as GET, not "get"',
  ],
  [
    '{ services: { api: { operations: [{ name: a, statusCodes: [99] }] } } }',
    'forecast.services.api.operations[0].statusCodes[0] must be a whole number from 100 to 599, not "99"',
  ],
])('refuses forecast: %s', (forecast, message) => {
  expect(checkSystem(fileWith(`forecast: ${forecast}\n`)).map((problem) => problem.message)).toEqual([message]);
});
