import { expect, test } from 'vitest';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { assumedTraffic, describedTraffic } from '../../lib/forecast/described-traffic.ts';

/** Spans of one operation, as lines. */
function spansOf(operation: Readonly<Record<string, unknown>>): string[] {
  const config = forecastSchema.parse({ services: { api: { operations: [{ name: 'work', ...operation }] } } });
  const { operations } = config.services['api'] ?? {};
  return (Array.isArray(operations) ? describedTraffic(operations) : []).map(({ kind, status, attributes }) =>
    [
      kind,
      status,
      ...Object.entries(attributes)
        .filter(([name]) => !name.startsWith('podhost.'))
        .map((pair) => pair.join('=')),
    ].join(' '),
  );
}

test('an operation has every combination of its methods and status codes; its status follows from the code', () => {
  expect(spansOf({ methods: ['GET', 'HEAD'], statusCodes: ['200', '404', '500'] })).toEqual(
    ['GET', 'HEAD'].flatMap((method) =>
      [
        ['UNSET', '200'],
        ['UNSET', '404'],
        ['ERROR', '500'],
      ].map(([status, code]) => `SERVER ${status} http.request.method=${method} http.response.status_code=${code}`),
    ),
  );
});

test('a client takes 404 for an error', () => {
  expect(spansOf({ kind: 'client', statusCodes: ['200', '404'] })).toEqual([
    'CLIENT UNSET http.response.status_code=200',
    'CLIENT ERROR http.response.status_code=404',
  ]);
});

test('what has no status code is good and bad, unless its statuses are named', () => {
  expect(spansOf({ kind: 'internal' })).toEqual(['INTERNAL UNSET', 'INTERNAL ERROR']);
  expect(spansOf({ kind: 'consumer', statuses: ['ok'] })).toEqual(['CONSUMER OK']);
  expect(spansOf({ statuses: ['error'], statusCodes: ['200'] })).toEqual([
    'SERVER ERROR http.response.status_code=200',
  ]);
});

test('attributes have the values that are listed, or as many as are counted', () => {
  expect(spansOf({ statuses: ['unset'], attributes: { 'db.system': ['redis'], tier: '2' } })).toEqual([
    'SERVER UNSET db.system=redis tier=tier 1',
    'SERVER UNSET db.system=redis tier=tier 2',
  ]);
});

test('an operation that is called from several is part of as many transactions', () => {
  expect(spansOf({ kind: 'client', statuses: ['unset'], transactions: '3' })).toHaveLength(3);
  expect(spansOf({ statuses: ['unset'], transactions: '3' })).toHaveLength(1);
});

test('of operations that are only counted each has a name without digits', () => {
  const spans = assumedTraffic(28);
  expect(spans).toHaveLength(84);
  const names = [...new Set(spans.map(({ name }) => name))];
  expect([names[0], names[25], names[26], names[27]]).toEqual(
    ['a', 'z', 'aa', 'ab'].map((letters) => `GET /operation-${letters}`),
  );
  expect(assumedTraffic(0)).toEqual([]);
});
