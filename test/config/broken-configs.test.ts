import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configRules } from '../../lib/config/rules/index.ts';
import { changed } from './broken/broken-config.ts';
import { brokenConfigs } from './broken/index.ts';
import { minimal } from './minimal.ts';
import { writeSqlFiles } from './sql-files.ts';
import { systemFile } from './system-file.ts';

const { folder, check } = systemFile();
writeSqlFiles(folder);

test('the configuration that the others break is valid', () => {
  expect(check(minimal)).toEqual([]);
});

describe('a broken configuration is told once, in its place, with what to write', () => {
  test.each(brokenConfigs)('$title', ({ change, code, message, suggestion }) => {
    const { text, places } = changed(change);
    const [problem, ...others] = check(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, message, suggestion });
    expect(problem?.confidential).toBe(code === 'config/no-literal-secret' ? true : undefined);
    expect(`${problem?.place?.line}:${problem?.place?.column}`).toBe(places[0]);
  });
});

test('every rule is broken by one of them', () => {
  const broken = new Set(brokenConfigs.map(({ code }) => code));
  expect(configRules.map(({ id }) => `config/${id}`).filter((code) => !broken.has(code))).toEqual([
    'config/no-secret-in-init-sql',
  ]);
});

test('the name of a rule begins with one of four words', () => {
  expect(configRules.map(({ id }) => id).filter((id) => !/^(require|no|unique|valid)-/.test(id))).toEqual([]);
});

test('every rule of a file is in the list, which is sorted by id', () => {
  const folder = new URL('../../lib/config/rules/', import.meta.url);
  const written = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
  const ids = written.flatMap((text) => [...text.matchAll(/^ {2}id: '(.*)',$/gm)].map(([, id]) => id));
  expect(configRules.map(({ id }) => id)).toEqual(ids.sort());
});

test('no message and no suggestion ends with a full stop or holds a line break', () => {
  for (const { message, suggestion } of brokenConfigs) {
    expect(message).not.toMatch(/\.$|\n/);
    expect(suggestion).not.toMatch(/\.$|\n/);
  }
});
