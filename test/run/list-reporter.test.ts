import { afterEach, expect, test, vi } from 'vitest';
import { ListReporter } from '../../lib/run/list-reporter.ts';
import { everyHostile, expectHarmless } from '../support/hostile.ts';

afterEach(() => vi.restoreAllMocks());

test('titles and progress ask nothing of the terminal that they are drawn on', async () => {
  let drawn = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    drawn += String(text);
    return true;
  });
  const reporter = new ListReporter(process.stderr);
  reporter.stepStarted(`Step ${everyHostile}`);
  reporter.actionStarted(`Action ${everyHostile}`);
  reporter.actionProgress(`Action ${everyHostile}`, `half ${everyHostile}`);
  reporter.actionEnded(`Action ${everyHostile}`, { kind: 'up to date', reason: `whole ${everyHostile}` });
  await reporter.stepEnded(true);
  expect(drawn).toContain('Step \\u001b');
  expect(drawn).toContain('up to date, whole \\u001b');
  expectHarmless(drawn);
});
