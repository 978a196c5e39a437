import { expect, test } from 'vitest';
import { healthySystem } from './support/healthy-system.ts';
import { runVerify, startVerify } from './support/run-verify.ts';

test('a system in which every hop holds is proven, with exit status 0', async () => {
  const { printed, status } = await runVerify(healthySystem());
  const open = printed.rows.flatMap(({ name, hops }) =>
    hops.filter((hop) => hop.status !== 'proven').map((hop) => [name, hop]),
  );
  expect(open).toEqual([]);
  expect([status, printed.verdict, printed.headline.message]).toEqual([0, 'proven', '2 of 2 services are proven']);
  expect(printed.rows.map(({ name }) => name)).toEqual(['api-gateway', 'query-service', 'system']);
});

test('text shows a table of services and hops', async () => {
  const { run } = await startVerify(healthySystem());
  const { stdout, status } = await run();
  expect(status).toBe(0);
  expect(stdout).toContain('api-gateway    ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓   ✓\n');
  expect(stdout).toContain('2 of 2 services proven; exit status 0');
});
