import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeLeftoversBeside, replaceFiles } from '../../lib/lint/fix/replace-files.ts';
import { writeOutput } from '../../lib/synth/write-output.ts';
import { KilledRuns } from '../support/killed/killed-runs.ts';
import { firstSynthesis, fixes, fixesOf, outputOf, type Scenario, synthesis } from '../support/killed/scenario.ts';
import { filesIn } from '../support/temporary-folder.ts';

/** Files that are neither what they were nor what they become; a list may name both. */
function brokenFiles({ before, after }: Scenario, files: Readonly<Record<string, string>>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter(
    (path) => !path.startsWith('.podhost/') && ![before[path], after[path]].includes(files[path]),
  );
}

/** Files of the system that no list names. */
function unlistedFiles({ before, after }: Scenario, files: Readonly<Record<string, string>>): string[] {
  const list = '.podhost/shop';
  const own = [...(before[list] ?? '').split('\n').slice(1), ...(after[list] ?? '').split('\n').slice(1)];
  const listed = new Set(files[list]?.split('\n'));
  // What an earlier version has written is in no list before.
  return own.filter((path) => path in files && !listed.has(path) && files[path] !== before[path]);
}

let runs: KilledRuns;
beforeAll(async () => {
  runs = await KilledRuns.create();
}, 120_000);
afterAll(() => runs.remove());

describe('a synthesis that is killed at any call to the file system', () => {
  test.each([
    ['synthesis', synthesis],
    ['firstSynthesis', firstSynthesis],
  ] as const)(
    'leaves each file old or new and listed, and the next run completes it: %s',
    async (name, scenario) => {
      let kills = 0;
      for await (const { call, folder } of runs.each(name, scenario)) {
        kills++;
        const files = existsSync(folder) ? filesIn(folder) : {};
        expect([call, brokenFiles(scenario, files), unlistedFiles(scenario, files)]).toEqual([call, [], []]);
        writeOutput(outputOf(folder, scenario));
        expect([call, filesIn(folder)]).toEqual([call, scenario.after]);
        expect(existsSync(join(folder, 'flux'))).toBe(false);
      }
      expect(kills).toBeGreaterThan(15);
    },
    600_000,
  );
});

test('lint --fix that is killed at any call leaves each file old or new, and the next run completes it', async () => {
  let kills = 0;
  for await (const { call, folder } of runs.each('fixes', fixes)) {
    kills++;
    const files = filesIn(folder);
    expect([call, brokenFiles(fixes, files)]).toEqual([call, []]);
    removeLeftoversBeside(Object.keys(fixes.before).map((path) => join(folder, path)));
    replaceFiles(fixesOf(folder, { before: files, after: fixes.after }).filter(({ file }) => !/\.podhost-/.test(file)));
    expect([call, filesIn(folder)]).toEqual([call, fixes.after]);
  }
  expect(kills).toBeGreaterThan(10);
}, 600_000);
