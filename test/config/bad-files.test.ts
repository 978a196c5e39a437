import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSystem } from '../../lib/config/load-system.ts';
import { minimal } from './minimal.ts';
import { placeAndCode, systemFile } from './system-file.ts';

const { folder, file, load, check } = systemFile();

const problemsOf = (content: string | Uint8Array): string[] => check(content).map(placeAndCode);

describe('a file that cannot be read', () => {
  test('does not exist', () => {
    expect(checkSystem(join(folder, 'none.yaml'))).toEqual([
      {
        code: 'config/no-file',
        message: `${join(folder, 'none.yaml')} does not exist`,
        suggestion: 'name another file: --config FILE, or write one: npm run podhost -- init',
      },
    ]);
  });

  test('stands below a file', () => {
    writeFileSync(file, minimal);
    expect(checkSystem(join(file, 'none.yaml'))[0]?.code).toBe('config/no-file');
  });

  test('is a folder', () => {
    expect(checkSystem(folder)[0]).toMatchObject({
      code: 'config/not-a-file',
      message: `${folder} is a folder, not a configuration file`,
    });
  });

  test('is too large', () => {
    expect(problemsOf('#'.repeat(4 * 1024 * 1024 + 1))).toEqual(['undefined:undefined config/too-large']);
  });

  test.skipIf(process.getuid?.() === 0)('may not be read', () => {
    const secret = join(folder, 'secret.yaml');
    writeFileSync(secret, minimal);
    chmodSync(secret, 0);
    expect(checkSystem(secret)[0]).toMatchObject({ code: 'config/unreadable', suggestion: `run: chmod u+r ${secret}` });
  });
});

describe('a file that says nothing', () => {
  test.each(['', '  \n\n', '---\n', '\ufeff', '# nothing\n\n  # here\n'])('%j', (content) => {
    expect(problemsOf(content)).toEqual(['1:1 config/empty']);
  });

  test.each(['hello\n', '~\n', '- name: shop\n', '"name: shop"\n'])('no mapping: %j', (content) => {
    expect(problemsOf(content)).toEqual(['1:1 config/wrong-type']);
  });
});

describe('a file in another encoding', () => {
  test('UTF-16 is refused by its name', () => {
    expect(problemsOf(Buffer.from(`\ufeff${minimal}`, 'utf16le'))).toEqual(['1:1 config/encoding']);
  });

  test('Latin-1, pointed at where it is no UTF-8', () => {
    expect(problemsOf(Buffer.from('name: shop\nclusterName: café\n', 'latin1'))).toEqual(['2:17 config/encoding']);
  });

  test('a control character is refused in its place', () => {
    expect(problemsOf('name: sh\0op\n')).toEqual(['1:9 config/encoding']);
    expect(problemsOf('name: shop\rnamespace: shop\r')).toEqual(['1:11 config/encoding']);
  });

  test('a byte order mark and Windows line ends are read like any other file', () => {
    expect(load(`\ufeff${minimal.replaceAll('\n', '\r\n')}`)).toEqual(load(minimal));
  });

  test('positions are right behind a byte order mark and Windows line ends', () => {
    expect(problemsOf(`\ufeffnam: shop\r\n${minimal.replace('name: shop\n', '').replaceAll('\n', '\r\n')}`)).toEqual([
      '1:1 config/unknown-key',
    ]);
  });
});

describe('aliases', () => {
  const level = (index: number) => `b${index}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]\n`;
  const bomb = `a: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 30 }, (_, index) => level(index)).join('')}`;

  test('that stand for a billion values are refused at once', () => {
    const start = performance.now();
    expect(problemsOf(bomb)).toEqual(['1:1 config/alias-expansion']);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('stand for what was written', () => {
    const shared = minimal
      .replace('{ size: 1Gi } }', '&claim { size: 2Gi } }')
      .replace('storage: { size: 1Gi }', 'storage: *claim');
    expect(load(shared).config.datastores[0]?.storage).toEqual({ size: '2Gi', accessMode: 'ReadWriteOnce' });
  });

  test('repeat a problem once, where it is written', () => {
    const shared = minimal
      .replace('{ size: 1Gi } }', '&claim { size: lots } }')
      .replace('storage: { size: 1Gi }', 'storage: *claim');
    expect(problemsOf(shared)).toEqual(['37:71 config/invalid-value']);
  });

  test.each([
    ['inside itself', 'a: &a [*a]\n', '1:8 config/cyclic-alias'],
    ['inside a mapping that it stands for', 'a: &a\n  b: { c: *a }\n', '2:11 config/cyclic-alias'],
    ['without an anchor', 'a: *nope\n', '1:4 config/unknown-alias'],
    ['before its anchor', 'a: *b\nc: &b 1\n', '1:4 config/unknown-alias'],
    ['as a key', 'a: &a b\n*a : c\n', '2:1 config/key-not-text'],
  ])('%s', (_, content, problem) => {
    expect(problemsOf(content)).toEqual([problem]);
  });
});

test.each(['[', '{a: ', '- ', '? ', 'a: '])('a file that nests %j endlessly is refused at once', (unit) => {
  for (const count of [200, 5000, 200_000]) {
    expect(problemsOf(unit.repeat(count))).toEqual([expect.stringMatching(/^1:\d+ config\/yaml-syntax$/)]);
  }
});
