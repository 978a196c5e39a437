import { expect, test } from 'vitest';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { breaks } from './breaks.ts';
import { healthySystem } from './support/healthy-system.ts';
import { runVerify } from './support/run-verify.ts';

withoutSleeps();

let right = 0;

test.each(breaks)(
  'the headline names the hop and the cause where $name',
  async ({ change, hop, cause, remedy = '' }) => {
    const system = healthySystem();
    change(system);
    const { printed, status } = await runVerify(system);
    const { headline } = printed;
    expect([headline.hop, headline.message]).toEqual([hop, expect.stringContaining(cause)]);
    expect([status, printed.verdict]).toEqual([1, 'broken']);
    expect(headline.check?.remedy ?? '').toContain(remedy);
    right += 1;
  },
);

test(`of ${breaks.length} ways to break a system the headline names all`, () => {
  expect(`${right} of ${breaks.length}`).toBe(`${breaks.length} of ${breaks.length}`);
});
