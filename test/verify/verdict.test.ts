import { expect, test } from 'vitest';
import { broken, type HopCheck, inTransition, proven, unchecked } from '../../lib/verify/check.ts';
import { hops } from '../../lib/verify/hop.ts';
import { headlineOf, rowOf } from '../../lib/verify/verdict.ts';
import type { Row } from '../../lib/verify/verification.ts';

const rowWith = (...checks: readonly HopCheck[]): Row =>
  rowOf({ name: 'api', isSystem: false, workload: '', checks }, hops);

const statuses = ({ cells }: Row): Record<string, string> =>
  Object.fromEntries(
    cells.map(({ hop, status, blockedBy }) => [hop.id, blockedBy === undefined ? status : `${status} by ${blockedBy}`]),
  );

test('a failure behind a broken hop is blocked by the first broken one, and what is proven stays proven', () => {
  const row = rowWith(
    broken('manifest/path', 'lost'),
    broken('endpoint/path', 'lost too'),
    unchecked('pipeline/path', 'not known'),
    broken('enriched/attributes', 'no pod'),
    proven('metrics/calls', 'there'),
  );
  expect(statuses(row)).toEqual({
    manifest: 'broken',
    endpoint: 'blocked by manifest',
    pipeline: 'blocked by manifest',
    enriched: 'blocked by manifest',
    metrics: 'proven',
  });
});

test('a hop that needs nothing that is broken is broken itself', () => {
  expect(statuses(rowWith(broken('rollout/complete', 'a'), broken('collector/ready', 'b')))).toEqual({
    rollout: 'broken',
    collector: 'broken',
  });
});

test('what fails while an earlier hop is in transition is in transition', () => {
  const row = rowWith(inTransition('rollout/complete', 'under way'), broken('endpoint/ready', 'no address'));
  expect(statuses(row)).toEqual({ rollout: 'transition', endpoint: 'transition' });
});

test('one check that is not proven keeps its hop from being proven', () => {
  const row = rowWith(
    proven('spans/arrive', 'there'),
    unchecked('enriched/pods', 'not known'),
    proven('enriched/attributes', 'all'),
  );
  expect(statuses(row)).toEqual({ spans: 'proven', enriched: 'unchecked' });
  expect(headlineOf([row])).toMatchObject({ verdict: 'not-proven', hop: 'enriched' });
});

test('the headline is the first broken hop of all rows, with the cause that most of them share', () => {
  const rows = ['a', 'b', 'c'].map((name, index) =>
    rowOf(
      { name, isSystem: false, workload: '', checks: [broken('spans/arrive', index === 0 ? 'alone' : 'shared')] },
      hops,
    ),
  );
  const later = rowOf({ name: 'd', isSystem: false, workload: '', checks: [broken('metrics/calls', 'later')] }, hops);
  expect(headlineOf([later, ...rows])).toMatchObject({
    verdict: 'broken',
    hop: 'spans',
    services: ['b', 'c'],
    message: 'b and c break at hop 9 (spans): shared',
  });
});

test('the headline names later hops where the break shows', () => {
  const row = rowWith(
    broken('endpoint/ready', 'no address'),
    broken('enriched/attributes', 'no pod'),
    unchecked('spans/arrive', 'partial'),
  );
  expect(headlineOf([row]).visibleAt).toEqual(['enriched']);
});

test('nothing that was checked is nothing proven', () => {
  expect(headlineOf([])).toMatchObject({ verdict: 'not-proven', message: 'nothing was checked' });
});

test('every hop needs earlier hops only', () => {
  const ids = hops.map(({ id }) => id);
  expect(hops.filter(({ id, needs }) => needs.some((need) => ids.indexOf(need) >= ids.indexOf(id)))).toEqual([]);
});
