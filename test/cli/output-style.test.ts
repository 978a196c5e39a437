import { afterEach, expect, test, vi } from 'vitest';
import { outputStyle } from '../../lib/cli/output-style.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [true, '', 'xterm', true],
  [false, '', 'xterm', false],
  [true, '1', 'xterm', false],
  [true, '', 'dumb', false],
])('terminal %s, NO_COLOR=%j, TERM=%s: colour %s', (isTTY, noColor, term, colour) => {
  vi.stubEnv('NO_COLOR', noColor);
  vi.stubEnv('TERM', term);
  expect(outputStyle({ isTTY })).toEqual({ colour });
});
