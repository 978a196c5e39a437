import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkSystem } from '../../lib/config/load-system.ts';
import { rules } from '../../lib/config/rules/index.ts';
import { changed } from './broken/broken-config.ts';
import { brokenConfigs } from './broken/index.ts';
import { minimal } from './minimal.ts';
import { writeSqlFiles } from './sql-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'podhost-config-'));
writeSqlFiles(folder);
afterAll(() => rmSync(folder, { recursive: true }));

function problemsOf(text: string) {
  const file = join(folder, 'system.yaml');
  writeFileSync(file, text);
  return checkSystem(file).map(({ place, ...problem }) => ({
    ...problem,
    at: place && `${place.line}:${place.column}`,
  }));
}

test('the configuration that the others break is valid', () => {
  expect(problemsOf(minimal)).toEqual([]);
});

describe('a broken configuration is told once, in its place, with what to write', () => {
  test.each(brokenConfigs)('$title', ({ change, code, message, suggestion }) => {
    const { text, places } = changed(change);
    const [problem, ...others] = problemsOf(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, message, suggestion, at: places[0] });
  });
});

test('every rule is broken by one of them', () => {
  const broken = new Set(brokenConfigs.map(({ code }) => code));
  expect(rules.map(({ id }) => `config/${id}`).filter((code) => !broken.has(code))).toEqual([
    'config/no-secret-in-init-sql',
  ]);
});

test('every rule has the name of its file', async () => {
  for (const rule of rules) {
    const module: Record<string, unknown> = await import(`../../lib/config/rules/${rule.id}.ts`);
    expect(Object.values(module)).toEqual([rule]);
  }
});

test('no message and no suggestion ends with a full stop or holds a line break', () => {
  for (const { message, suggestion } of brokenConfigs) {
    expect(message).not.toMatch(/\.$|\n/);
    expect(suggestion).not.toMatch(/\.$|\n/);
  }
});
