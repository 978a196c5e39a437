import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Problem } from '../../../lib/problems/problem.ts';
import { damaged } from '../../support/damaged.ts';
import { tries } from '../../support/tries.ts';
import { acceptedChanges } from '../accepted-changes.ts';
import { changed } from '../broken/broken-config.ts';
import { brokenConfigs } from '../broken/index.ts';
import { writeSqlFiles } from '../sql-files.ts';
import { systemFile } from '../system-file.ts';

const { folder } = systemFile();
writeSqlFiles(folder);
const file = join(folder, 'system.yaml');

const { checkText } = await import('../../../lib/config/load-config.ts');

/** The same with rules that look at every service. */
async function checkOfAllServices(): Promise<(file: string, text: string) => readonly Problem[]> {
  vi.resetModules();
  vi.doMock('../../../lib/config/rules/system-parts.ts', async (original) => {
    const own = await original<typeof import('../../../lib/config/rules/system-parts.ts')>();
    const { servicesOf } = own;
    return { ...own, servicesWith: servicesOf, servicesSetting: servicesOf };
  });
  return (await import('../../../lib/config/load-config.ts')).checkText;
}

const slow = await checkOfAllServices();
const texts = [...brokenConfigs.map(({ change }) => change), ...acceptedChanges.map(([, change]) => change)].map(
  (change) => changed(change).text,
);

test('a rule that looks at the services with its keys finds what it finds in all of them', () => {
  expect(slow).not.toBe(checkText);
  for (const text of texts) {
    expect(checkText(file, text)).toEqual(slow(file, text));
  }
});

test('it does so in configurations that were damaged at random', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts).chain(damaged), (text) => {
      expect(checkText(file, text)).toEqual(slow(file, text));
    }),
    tries(300),
  );
});
