import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { documentationFiles, exampleLanguage } from '../../lib/lint/documentation.ts';
import { describedRules, rules } from '../../lib/lint/rules/index.ts';
import { suppressionAnnotation } from '../../lib/lint/suppression/annotation.ts';
import { trapRules } from './support/trap-rules.ts';

const constantName = (id: string): string => id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ name }) => name.slice(0, -ending.length))
    .sort();

const ids = rules.map(({ id }) => id);

test('every file in the folder is registered, once and in order', () => {
  expect(ids).toEqual(filesIn('lib/lint/rules', '.ts').filter((name) => name !== 'index'));
});

test('every rule has a test of its own, and there are no others', () => {
  expect(filesIn('test/lint/rules', '.test.ts')).toEqual(ids);
});

test('every trap is reported by a rule that exists', () => {
  const traps = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(Object.keys(trapRules)).toEqual([...traps('A', 15), ...traps('H', 13), ...traps('O', 3)]);
  const named = Object.values(trapRules).flat();
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  expect(Object.keys(trapRules).filter((trap) => trapRules[trap]?.length === 0)).toEqual([]);
});

test('the pages in docs/rules are fresh: npm run generate writes them', () => {
  const pages = readdirSync('docs/rules').map((name) => [name, readFileSync(`docs/rules/${name}`, 'utf8')] as const);
  expect(new Map(pages)).toEqual(documentationFiles(describedRules));
});

describe.each(describedRules.map((rule) => [rule.id, rule] as const))('%s', (id, { documentation }) => {
  test('begins with one of the four verbs, and its annotation is one that Kubernetes takes', () => {
    expect(id).toMatch(/^(require|no|unique|valid)(-[a-z0-9]+)+$/);
    expect(suppressionAnnotation(id).split('/')[1]?.length).toBeLessThanOrEqual(63);
  });

  test('says everything of itself', () => {
    const { summary, why, remediation, example, see } = documentation;
    expect(summary).toMatch(/^Reports [^\n]+\.$/);
    expect(why).toMatch(/\.$/);
    expect(why.match(/[.:;](\s|$)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(remediation).toMatch(/\.$/);
    expect(example.trim()).not.toBe('');
    expect(see.length).toBeGreaterThan(0);
    expect(see.filter((address) => !/^https:\/\/\S+$/.test(address))).toEqual([]);
  });

  test('gives text to paste that is what it looks like', () => {
    if (exampleLanguage(documentation.example) === 'yaml') {
      for (const document of parseAllDocuments(documentation.example)) {
        expect(document.errors).toEqual([]);
        expect(document.toJS()).toBeTypeOf('object');
      }
    }
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('is the one thing that its file exports', async () => {
    const module: Record<string, unknown> = await import(`../../lib/lint/rules/${id}.ts`);
    expect(Object.entries(module)).toEqual([[constantName(id), rule]]);
  });

  test('is tested both ways', () => {
    const file = `test/lint/rules/${id}.test.ts`;
    const titles = existsSync(file)
      ? readFileSync(file, 'utf8').match(/\btest(\.each\([\s\S]*?\))?\(\s*['"`][^'"`]*/g)
      : [];
    expect(titles?.some((title) => /['"`]reports /.test(title))).toBe(true);
    expect(titles?.some((title) => /['"`]does not report /.test(title))).toBe(true);
  });
});
