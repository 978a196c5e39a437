import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { isOutputPath } from '../../lib/synth/output-path.ts';
import { OutputTree } from '../../lib/synth/output-tree.ts';
import { readOwnedFiles, renderList } from '../../lib/synth/owned-files.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const ownedIn = (output: string, system = 'shop') => readOwnedFiles(new OutputTree(output), system);

/** The paths that a list with this text names. */
function listed(text: string): string[] {
  const output = temporaryFolder();
  writeFiles(output, { '.podhost/shop': text });
  return [...(ownedIn(output).list?.paths ?? [])];
}

test('a list holds the paths that it is made from, sorted and once', () => {
  expect(listed(renderList(['b.yaml', 'a/c.yaml', 'b.yaml']))).toEqual(['a/c.yaml', 'b.yaml']);
});

test('any paths of an output folder survive in a list', () => {
  const path = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(isOutputPath);
  const output = temporaryFolder();
  mkdirSync(join(output, '.podhost'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 1 }), (paths) => {
      writeFileSync(join(output, '.podhost', 'shop'), renderList(paths));
      expect([...(ownedIn(output).list?.paths ?? [])].sort()).toEqual([...paths].sort());
    }),
    { numRuns: 200 },
  );
});

test('each path has one owner, and hidden files are no lists', () => {
  const output = temporaryFolder();
  writeFiles(output, {
    '.podhost/shop': renderList(['a.yaml']),
    '.podhost/web': renderList(['b.yaml', 'c.yaml']),
    '.podhost/.DS_Store': 'binary',
  });
  const { list, others } = ownedIn(output);
  expect([[...(list?.paths ?? [])], [...others]]).toEqual([
    ['a.yaml'],
    [
      ['b.yaml', 'web'],
      ['c.yaml', 'web'],
    ],
  ]);
});

test('a list with a merge conflict names what either side has', () => {
  const conflict = ['<<<<<<< HEAD', 'b.yaml', '||||||| 1f2e3d4', '=======', 'c.yaml', '>>>>>>> main'].join('\n');
  expect(listed(`${generatedHeader}a.yaml\n${conflict}\n`)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
});

test('a list with the line ends of Windows is read', () => {
  expect(listed(renderList(['a.yaml', 'b.yaml']).replaceAll('\n', '\r\n'))).toEqual(['a.yaml', 'b.yaml']);
});

describe('a list that may mean anything is refused with its name', () => {
  test.each([
    ['without the header', 'a.yaml\n'],
    ['that is empty', ''],
    ['with a path upwards', `${generatedHeader}a.yaml\n../../etc/passwd\n`],
    ['with an absolute path', `${generatedHeader}/etc/passwd\n`],
    ['with a path that is written another way', `${generatedHeader}./a.yaml\n`],
    ['with a control character', `${generatedHeader}a\u001b[2J.yaml\n`],
  ])('one %s', (_, text) => {
    expect(() => listed(text)).toThrow(PodhostError);
  });

  test('with the line that is wrong', () => {
    const read = () => listed(`${generatedHeader}a.yaml\nb/../c.yaml\n`);
    expect(read).toThrow('"b/../c.yaml" is no path below the output folder');
    try {
      read();
    } catch (error) {
      expect(error instanceof PodhostError && error.problems[0]?.place).toMatchObject({ line: 3, column: 1 });
    }
  });

  test('of another system as well', () => {
    const output = temporaryFolder();
    writeFiles(output, { '.podhost/web': 'notes' });
    expect(() => ownedIn(output)).toThrow('web is no list of files that podhost has written');
  });

  test.each([
    ['is a link', (path: string) => symlinkSync('/etc/passwd', path)],
    ['is a folder', (path: string) => mkdirSync(path)],
  ])('that %s', (_, make) => {
    const output = temporaryFolder();
    mkdirSync(join(output, '.podhost'));
    make(join(output, '.podhost', 'shop'));
    expect(() => ownedIn(output)).toThrow('shop is no list of files');
  });

  test('when the folder of the lists is a link or a file', () => {
    const output = temporaryFolder();
    symlinkSync('/tmp', join(output, '.podhost'));
    expect(() => ownedIn(output)).toThrow('.podhost is a symbolic link');
    const other = temporaryFolder();
    writeFileSync(join(other, '.podhost'), '');
    expect(() => ownedIn(other)).toThrow('.podhost is not a folder');
  });
});
