import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { everyHostile, expectHarmless, hostile } from '../support/hostile.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ofCommandLine, ofDeploy, ofSynth, withTools } from './command-surfaces.ts';
import { ofCheck } from './config-surfaces.ts';
import { ofCollectors, ofExplain, ofForecast, ofLint } from './manifest-surfaces.ts';
import { asFileName } from './surface.ts';

afterEach(() => vi.unstubAllEnvs());

/** All at once, as in one name, and those that everything before them may hide. */
const parts: readonly (readonly [string, string])[] = [
  ['is everything of that', everyHostile],
  ...Object.entries(hostile).filter(([does]) => /of its own|spaces|half/.test(does)),
];

const surfaces = Object.entries({
  check: ofCheck,
  lint: ofLint,
  explain: ofExplain,
  forecast: ofForecast,
  collectors: ofCollectors,
  synth: ofSynth,
  deploy: ofDeploy,
  'the command line': ofCommandLine,
}).flatMap(([command, cases]) => Object.entries(cases).map(([what, surface]) => ({ command, what, ...surface })));

describe.each(surfaces)('$command: $what', ({ command, status, run, annotations = false, isSilent = false }) => {
  test.each(parts)('that %s', async (_, part) => {
    const { status: ended, stdout, stderr } = await run(`mark${part}end`);
    expectHarmless(stdout, { annotations });
    expectHarmless(stderr);
    // What a tool prints has lines of its own; no other text begins one.
    expect(command === 'deploy' ? '' : stdout + stderr).not.toMatch(/^\s*(?:\\u003a:add-mask|section_start)/m);
    expect(ended).toBe(status);
    expect(isSilent || /mark/.test(stdout + stderr)).toBe(true);
  });
});

describe('colour', () => {
  const terminals = [process.stdout, process.stderr];
  const before = terminals.map(({ isTTY }) => isTTY);

  beforeEach(() => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    for (const stream of terminals) {
      stream.isTTY = true;
    }
  });

  afterEach(() => {
    for (const [index, stream] of terminals.entries()) {
      stream.isTTY = before[index] ?? false;
    }
  });

  test.each([
    ['check', ofCheck['an unknown key']],
    ['lint', ofLint['all names in manifests, as text']],
    ['explain', ofExplain['a service whose spans are lost, as text']],
    ['forecast', ofForecast['a service, as text']],
  ])('of our own is all that %s prints on a terminal', async (_, surface) => {
    const printed = await surface?.run(`mark${everyHostile}end`);
    expectHarmless(printed?.stdout ?? '\0', { colour: true });
    expect(printed?.stdout).toContain('\\u001b[31m');
    expectHarmless(printed?.stderr ?? '\0');
  });
});

test('a folder that the environment names is shown harmlessly', async () => {
  const folder = join(temporaryFolder(), asFileName(`mark${everyHostile}`));
  const { stderr } = await withTools('', { args: ['deploy', '--yes'], stateHome: folder });
  expect(stderr).toMatch(/^Log: .*mark/m);
  expectHarmless(stderr);
});
