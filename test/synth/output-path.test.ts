import { expect, test } from 'vitest';
import { assertOutputPaths, foldersOf, isOutputPath } from '../../lib/synth/output-path.ts';

test.each(['a.yaml', 'helm/values.yaml', '.sourceignore', 'a b/c.yaml', '..a/b', 'é.yaml'])(
  '%j is a path of the output',
  (path) => {
    expect(isOutputPath(path)).toBe(true);
  },
);

test.each([
  '',
  '/etc/passwd',
  '../a',
  'a/../b',
  './a',
  'a//b',
  'a/',
  'a\\b',
  'a\nb',
  'a\u0000b',
  'a\u009bb',
  '.',
  '..',
])('%j is none', (path) => {
  expect(isOutputPath(path)).toBe(false);
});

test('the folders of a path are named from the outermost', () => {
  expect([foldersOf('a'), foldersOf('a/b/c')]).toEqual([[], ['a', 'a/b']]);
});

test('paths out of the folder, among the lists or of two files are refused together', () => {
  const paths = ['a.yaml', '../b.yaml', '.podhost/shop', 'a.yaml', '.podhost'];
  expect(() => assertOutputPaths(paths.map((path) => ({ path, content: '' })))).toThrow(
    [
      '"../b.yaml" is no path of a file in the output folder',
      '".podhost/shop" is no path of a file in the output folder',
      'the app writes two files to a.yaml',
      '".podhost" is no path of a file in the output folder',
    ].join('\n'),
  );
});
