import { expect, test } from 'vitest';
import { chartCheck } from '../../../../lib/deploy/steps/collector/chart-check.ts';
import { codes } from '../../preflight/answers.ts';

const unreachable = {
  'helm show chart': { fails: 'Error: looks like "https://cgx.jfrog.io" is not a valid chart repository' },
};
const release = { name: 'x', status: 'deployed', revision: '3', updated: 'now' };

test('a chart that can be fetched is fine', async () => {
  expect(await codes(chartCheck)).toEqual([]);
});

test('a repository that is not reachable is reported', async () => {
  expect(await codes(chartCheck, { answers: { ...unreachable, 'helm list': [] } })).toEqual(['deploy/no-chart']);
});

test('a chart that is installed already need not be fetched', async () => {
  const there = [{ ...release, chart: 'otel-integration-0.0.331' }];
  expect(await codes(chartCheck, { answers: { ...unreachable, 'helm list': there } })).toEqual([]);
  const older = [{ ...release, chart: 'otel-integration-0.0.300' }];
  expect(await codes(chartCheck, { answers: { ...unreachable, 'helm list': older } })).toEqual(['deploy/no-chart']);
});
