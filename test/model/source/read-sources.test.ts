import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../../lib/model/source/find-files.ts';
import { readSources } from '../../../lib/model/source/read-sources.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), `file: ${file}\n`);
  }
  return folder;
}

describe('paths', () => {
  test('name files, folders with all that lies below, and globs', () => {
    const folder = folderOf('b.yaml', 'a.yml', 'helm/v.json', 'notes.txt', 'node_modules/x.yaml');
    const names = (path: string) => readSources([join(folder, path)]).map(({ file }) => file.slice(folder.length + 1));
    expect(names('')).toEqual(['a.yml', 'b.yaml', 'helm/v.json']);
    expect(names('notes.txt')).toEqual(['notes.txt']);
    expect(names('*.y*ml')).toEqual(['a.yml', 'b.yaml']);
  });

  test('that name a file twice read it once', () => {
    const folder = folderOf('a.yaml');
    expect(readSources([folder, join(folder, 'a.yaml'), `${folder}/./a.yaml`])).toHaveLength(1);
  });

  test('that lead nowhere are told all at once', () => {
    const folder = folderOf('notes.txt');
    expect(() => readSources([folder, join(folder, 'missing.yaml'), join(folder, '*.yaml')])).toThrow(
      /holds no .*\n.*missing.yaml does not exist\n.*does not exist/,
    );
  });

  test('may be standard input', () => {
    const script = `import { readSources } from './lib/model/source/read-sources.ts';
console.log(JSON.stringify(readSources(['-'])));`;
    const { stdout } = spawnSync('node', ['--import', 'tsx', '--input-type=module', '-e', script], {
      input: 'a: 1\n',
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual([{ file: '<stdin>', text: 'a: 1\n' }]);
  });
});

test('where the output is not there, the command that writes it is suggested', () => {
  const suggestionFor = (path: string): string | undefined => findFiles(path, limits).problems[0]?.problem.suggestion;
  const limits = { maximumFiles: 10, maximumEntries: 10 };
  const before = process.cwd();
  process.chdir(temporaryFolder());
  try {
    expect(suggestionFor('dist')).toMatch(/^run: npm run podhost -- synth, which writes it, or name files/);
    expect(suggestionFor('other')).toMatch(/^name files/);
  } finally {
    process.chdir(before);
  }
});
