import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const restriction = z.object({
  includes: z.array(z.string()),
  linter: z.object({
    rules: z.object({
      style: z.object({
        noRestrictedImports: z.object({
          options: z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) }),
        }),
      }),
    }),
  }),
});

const text = readFileSync('biome.rooms.jsonc', 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
const overrides = z.object({ overrides: z.array(z.unknown()) }).parse(JSON.parse(text)).overrides;

/** For each folder of lib the folders that its files must not import. */
const restricted = new Map(
  overrides.flatMap((override) => {
    const { success, data } = restriction.safeParse(override);
    return success ? data.includes.map((glob) => [glob.split('/')[1] ?? '', foldersIn(data)] as const) : [];
  }),
);

function foldersIn({ linter }: z.infer<typeof restriction>): string[] {
  const globs = linter.rules.style.noRestrictedImports.options.patterns.flatMap(({ group }) => group);
  return globs.flatMap((glob) => glob.match(/[a-z0-9-]+/g) ?? []);
}

const folders = readdirSync('lib', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('every folder of lib but cli has an entry in biome.rooms.jsonc', () => {
  expect(folders.filter((name) => name !== 'cli' && !restricted.has(name))).toEqual([]);
});

test('the imports that biome.rooms.jsonc allows between the folders of lib form no cycle', () => {
  let left = folders;
  for (;;) {
    const lowest = left.filter((name) =>
      left.every((other) => other === name || restricted.get(name)?.includes(other)),
    );
    if (lowest.length === 0) {
      break;
    }
    left = left.filter((name) => !lowest.includes(name));
  }
  expect(left).toEqual([]);
});
