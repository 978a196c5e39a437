import { expect, test } from 'vitest';
import { withoutSleeps } from '../support/without-sleeps.ts';
import type { CoralogixBehaviour } from './support/fake-coralogix.ts';
import { healthySystem, type TestSystem } from './support/healthy-system.ts';
import { runVerify } from './support/run-verify.ts';

withoutSleeps();

/** What is printed of the hops of Coralogix: their status and why. */
async function coralogixHops(
  behaviour: CoralogixBehaviour,
  change: (system: TestSystem) => void = () => {},
  key?: string,
) {
  const system = healthySystem();
  change(system);
  const result = await runVerify(system, { coralogix: behaviour, ...(key === undefined ? {} : { key }) });
  const cells = result.printed.rows[0]?.hops ?? [];
  const of = (id: string) => {
    const cell = cells.find((each) => each.id === id);
    return [cell?.status, cell?.checks[0]?.message] as const;
  };
  return { ...result, of };
}

const withoutSpans = (system: TestSystem): void => {
  system.spans = [];
};

test.each<[name: string, behaviour: CoralogixBehaviour, reason: string]>([
  ['401', { refuse: { status: 401 } }, 'does not accept the key (401): it is invalid, expired, or of another region'],
  [
    '403',
    { refuse: { status: 403, body: '{"error":{"message":"spans.data-api#high missing"}}' } },
    'the key has no permission for this query (403): spans.data-api#high missing',
  ],
  ['404', { refuse: { status: 404 } }, 'has no such interface (404): it is no API host of Coralogix'],
  ['429 without end', { refuse: { status: 429, retryAfter: '7' } }, 'allows no more queries now (429), again in 7 s'],
  ['500', { refuse: { status: 500, body: 'oops' } }, 'answers 500: oops'],
  [
    'a bad query',
    { refuse: { status: 400, body: '{"message":"unexpected token"}' } },
    'refuses the query: unexpected token',
  ],
  ['a page', { page: true }, 'answers with a web page'],
])('what %s proves of the spans is nothing, and says why', async (_, behaviour, reason) => {
  const { of, status, printed } = await coralogixHops(behaviour);
  expect(of('spans')).toEqual(['unchecked', expect.stringContaining(reason)]);
  expect([status, printed.verdict]).toEqual([3, 'not-proven']);
});

test.each<[name: string, behaviour: CoralogixBehaviour, reason: string]>([
  ['an error', { lines: [{ error: { message: 'out of memory' } }] }, 'could not run the query: out of memory'],
  ['a list of errors', { lines: [{ errors: ['compilation failed'] }] }, 'could not run the query: compilation failed'],
  [
    'a limit that is reached',
    { lines: [{ error: { message: 'slow down', rateLimitReached: {} } }] },
    'allows no more queries now: slow down',
  ],
  [
    'another status than COMPLETED',
    { lines: [{ statistics: { status: 'CANCELLED' } }] },
    'ended the query with status CANCELLED',
  ],
  ['an end without statistics', { lines: [] }, 'ends before its last line'],
  ['a connection that is cut', { cut: true }, 'closed the connection before its answer was complete'],
])('status 200 with %s is no success', async (_, behaviour, reason) => {
  const { of } = await coralogixHops(behaviour);
  expect(of('spans')).toEqual(['unchecked', expect.stringContaining(reason)]);
});

test.each([
  ['bytesScannedLimitWarning', { bytesScannedLimitWarning: {} }],
  ['numberOfResultsLimitWarning', { numberOfResultsLimitWarning: { numberOfResultsLimit: 2000 } }],
  ['blocksLimitWarning', { blocksLimitWarning: {} }],
  ['aggregationBucketsLimitWarning', { aggregationBucketsLimitWarning: {} }],
  ['archiveWarning: bucketAccessDenied', { archiveWarning: { bucketAccessDenied: {} } }],
])('after %s no span is no proof that there is none', async (name, warning) => {
  const { of } = await coralogixHops({ warning }, withoutSpans);
  expect(of('spans')).toEqual(['unchecked', `the answer is not whole, so that no span is no proof: ${name}`]);
});

test('a remark of the compiler leaves the answer whole', async () => {
  const { of } = await coralogixHops({ warning: { compileWarning: { warningMessage: 'deprecated' } } }, withoutSpans);
  expect(of('spans')[0]).toBe('broken');
});

test('spans that only the archive has are found', async () => {
  const { of } = await coralogixHops({}, (system) => {
    system.spans = system.spans.map((spans) => ({ ...spans, tier: 'TIER_ARCHIVE' }));
  });
  expect(of('spans')[0]).toBe('proven');
});

test('where the archive is not readable, no span in the other tier is no proof', async () => {
  const { of } = await coralogixHops({ archiveStatus: 403 }, withoutSpans);
  expect(of('spans')).toEqual(['unchecked', expect.stringContaining('the archive was not read')]);
});

test('a warning of the metrics makes what is missing unknown', async () => {
  const { of } = await coralogixHops({ promWarning: 'too many series' }, (system) => {
    system.series = [];
  });
  expect(of('metrics')).toEqual(['unchecked', expect.stringContaining('too many series')]);
});

test('a host that refuses the key syntax is asked again without it', async () => {
  const { of, coralogix } = await coralogixHops({ refuseSyntax: true });
  expect(of('spans')[0]).toBe('proven');
  expect(coralogix.queries.length).toBeGreaterThan(7);
});

test('a query that was put off is repeated after the time that the server names', async () => {
  const { of } = await coralogixHops({ refuse: { status: 429, retryAfter: '1', times: 1 } });
  expect(of('spans')[0]).toBe('proven');
});

test('a Send-Your-Data key is recognised, and no output holds the key', async () => {
  const key = 'cxtp_AbCdEfGhIjKlMnOpQrStUvWxYz0123';
  const { of, stdout, stderr } = await coralogixHops({}, undefined, key);
  expect(of('spans')[1]).toContain('it looks like a Send-Your-Data key');
  expect(stdout + stderr).not.toContain(key);
});

test.each(['process.tags', 'tags', 'resource.attributes'] as const)(
  'attributes are found in %s',
  async (attributePath) => {
    const { fakeCoralogix, testKey } = await import('./support/fake-coralogix.ts');
    const { CoralogixClient } = await import('../../lib/verify/coralogix/coralogix-client.ts');
    const { readSpans } = await import('../../lib/verify/coralogix/spans.ts');
    const { spans, series } = healthySystem();
    const { url } = await fakeCoralogix({ spans, series, attributePath });
    const client = new CoralogixClient({ url, key: testKey });
    const reading = await readSpans({ client, services: ['api-gateway'], now: new Date() });
    expect(reading.attributePath).toBe(attributePath);
    expect(reading.byService.get('api-gateway')?.[0]?.attributes.get('k8s.node.name')).toBe('node-a');
  },
);

test('all services together take no more than 11 queries', async () => {
  const { coralogix } = await coralogixHops({});
  expect(coralogix.queries.length).toBeLessThanOrEqual(11);
  expect([...coralogix.authorizations]).toHaveLength(1);
});
