import { chmodSync, linkSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { writeOutput } from '../../lib/synth/write-output.ts';
import { systemError, watchingCalls } from '../support/file-calls.ts';
import { filesIn, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const generated = (text: string) => `${generatedHeader}${text}\n`;

function write(output: string, system: string, made: Readonly<Record<string, string>>) {
  return writeOutput({ output, system, files: Object.entries(made).map(([path, content]) => ({ path, content })) });
}

test('files are written, replaced and removed, the list follows, and nothing else is touched', () => {
  const output = join(temporaryFolder(), 'dist');
  writeFiles(output, { 'mine.yaml': 'kind: ConfigMap\n', 'README.md': 'notes' });
  write(output, 'shop', { 'a.yaml': generated('1'), 'b.yaml': generated('1'), 'flux/c.yaml': generated('1') });
  write(output, 'shop', { 'a.yaml': generated('2'), 'helm/d.yaml': generated('1') });
  expect(filesIn(output)).toEqual({
    '.podhost/shop': generated('a.yaml\nhelm/d.yaml'),
    'README.md': 'notes',
    'a.yaml': generated('2'),
    'helm/d.yaml': generated('1'),
    'mine.yaml': 'kind: ConfigMap\n',
  });
  expect(readdirSync(output).sort()).toEqual(['.podhost', 'README.md', 'a.yaml', 'helm', 'mine.yaml']);
});

describe('two systems', () => {
  test('in folders that lie in each other leave the files of the other alone', () => {
    const dist = join(temporaryFolder(), 'dist');
    write(join(dist, 'shop'), 'shop', { '30-a.yaml': generated('a'), '30-b.yaml': generated('b') });
    const { remove } = write(dist, 'web', { '30-c.yaml': generated('c') });
    expect(remove).toEqual([]);
    expect(Object.keys(filesIn(join(dist, 'shop'))).sort()).toEqual(['.podhost/shop', '30-a.yaml', '30-b.yaml']);
  });

  test('in one folder each own their files', () => {
    const dist = temporaryFolder();
    write(dist, 'shop', { 'shop.yaml': generated('1') });
    write(dist, 'web', { 'web.yaml': generated('1') });
    write(dist, 'shop', {});
    expect(filesIn(dist)).toEqual({ '.podhost/web': generated('web.yaml'), 'web.yaml': generated('1') });
  });

  test('never take a file from each other, whatever they make', () => {
    const paths = fc.uniqueArray(fc.constantFrom('a.yaml', 'b.yaml', 'c/d.yaml', 'c/e.yaml'));
    const run = fc.record({ system: fc.constantFrom('shop', 'web'), paths });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
        const dist = temporaryFolder();
        const owned = new Map<string, readonly string[]>();
        for (const { system, paths } of runs) {
          const before = filesIn(dist);
          const other = owned.get(system === 'shop' ? 'web' : 'shop') ?? [];
          const made = Object.fromEntries(paths.map((path) => [path, generated(system)]));
          const isRefused = paths.some((path) => other.includes(path));
          if (isRefused) {
            expect(() => write(dist, system, made)).toThrow(PodhostError);
            expect(filesIn(dist)).toEqual(before);
          } else {
            write(dist, system, made);
            owned.set(system, paths);
          }
          const files = Object.keys(filesIn(dist)).filter((path) => !path.startsWith('.podhost/'));
          expect(files.sort()).toEqual([...owned.values()].flat().sort());
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('a folder that is as it should be is not written to at all', () => {
  const output = temporaryFolder();
  const made = { 'a.yaml': generated('1'), 'helm/b.yaml': generated('1') };
  write(output, 'shop', made);
  const changing = ['writeSync', 'renameSync', 'linkSync', 'unlinkSync', 'mkdirSync', 'rmdirSync'];
  const calls = watchingCalls(
    output,
    () => {},
    () => write(output, 'shop', made),
    changing,
  );
  expect(calls).toBe(0);
});

test('only paths of the system are looked at', () => {
  const output = temporaryFolder();
  const foreign = Array.from({ length: 20 }, (_, index) => `deep/${index}/manifest.yaml`);
  writeFiles(output, Object.fromEntries(foreign.map((path) => [path, generated('of nobody')])));
  const seen: string[] = [];
  const look = ['openSync', 'lstatSync', 'statSync', 'readFileSync', 'readdirSync', 'realpathSync'];
  watchingCalls(
    output,
    ({ args: [path] }) => seen.push(String(path)),
    () => write(output, 'shop', { 'a.yaml': generated('1') }),
    look,
  );
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.filter((path) => path.includes('deep'))).toEqual([]);
});

test('permissions of a file that is replaced stay', () => {
  const output = temporaryFolder();
  write(output, 'shop', { 'a.yaml': generated('1') });
  chmodSync(join(output, 'a.yaml'), 0o640);
  write(output, 'shop', { 'a.yaml': generated('2') });
  expect(statSync(join(output, 'a.yaml')).mode & 0o777).toBe(0o640);
});

describe('nothing changes, not even the list,', () => {
  const failing = (code: string, at: string) => {
    const output = join(temporaryFolder(), 'dist');
    write(output, 'shop', { 'a.yaml': generated('1'), 'b.yaml': generated('1') });
    const before = filesIn(output);
    const refuse = ({ name, args }: { readonly name: string; readonly args: readonly unknown[] }) => {
      if (name === at && !String(args[0]).endsWith('.lock')) {
        throw systemError(code);
      }
    };
    const work = () => write(output, 'shop', { 'a.yaml': generated('2'), 'helm/c.yaml': generated('1') });
    expect(() => watchingCalls(output, refuse, work)).toThrow(PodhostError);
    expect(filesIn(output)).toEqual(before);
    expect(readdirSync(output).sort()).toEqual(['.podhost', 'a.yaml', 'b.yaml']);
  };

  test.each([
    ['ENOSPC', 'writeSync'],
    ['EDQUOT', 'writeSync'],
    ['EIO', 'fsyncSync'],
    ['EXDEV', 'renameSync'],
    ['EROFS', 'openSync'],
    ['EMFILE', 'openSync'],
    ['EACCES', 'mkdirSync'],
  ])('when the file system answers %s to %s', (code, at) => {
    failing(code, at);
  });

  test('when a file has a second name', () => {
    const output = temporaryFolder();
    write(output, 'shop', { 'a.yaml': generated('1'), 'b.yaml': generated('1') });
    linkSync(join(output, 'b.yaml'), join(output, 'twin'));
    const before = filesIn(output);
    const work = () => write(output, 'shop', { 'a.yaml': generated('2'), 'b.yaml': generated('2') });
    expect(work).toThrow('b.yaml is one of 2 hard links to a file');
    expect(filesIn(output)).toEqual(before);
  });
});
