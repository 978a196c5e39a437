import { chmodSync, linkSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeFiles, writeFileAtomically } from '../../lib/files/atomic-write.ts';
import { lookAt } from '../../lib/files/present-file.ts';
import type { FileChange } from '../../lib/files/replaceable.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { systemError, watchingCalls } from '../support/file-calls.ts';
import { filesIn, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const change = (path: string, content: string | undefined): FileChange => {
  const state = lookAt(path, 0);
  return { path, content, seen: state.kind === 'file' ? state.stamp : undefined };
};

const before = { 'a.yaml': 'old a', 'b.yaml': 'old b', 'gone/c.yaml': 'old c', list: 'a b c' };
const after = { 'a.yaml': 'new a', 'b.yaml': 'old b', 'fresh/deep/d.yaml': 'new d', list: 'a b d' };

/** How a folder is brought from the one state to the other, as a synthesis does it. */
function changesOf(folder: string): () => void {
  const at = (path: string, content: string | undefined) => change(join(folder, path), content);
  const changes = [
    at('list', 'a b c d'),
    at('a.yaml', 'new a'),
    at('fresh/deep/d.yaml', 'new d'),
    at('gone/c.yaml', undefined),
  ];
  const closing = at('list', after.list);
  return () => changeFiles(changes, { closing, emptied: [join(folder, 'gone')] });
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return folder;
}

const isTemporary = (path: string) => /\.podhost-[^/]*$/.test(path);

const withoutTemporary = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !isTemporary(path)));

/** The error that the work ends with. */
function thrown(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

function refusal(work: () => void): [string, number] {
  const error = thrown(work);
  if (!(error instanceof PodhostError)) {
    throw error ?? new Error('nothing was refused');
  }
  return [error.code, error.exitStatus];
}

describe('a change of files', () => {
  test('creates, replaces and removes, and leaves nothing temporary and no empty folder', () => {
    const folder = folderWith(before);
    const calls = watchingCalls(folder, () => {}, changesOf(folder));
    expect(calls).toBeGreaterThan(30);
    expect(filesIn(folder)).toEqual(after);
    expect(lookAt(join(folder, 'gone'), 0).kind).toBe('absent');
  });

  test('leaves all files as they were, or changes all, when any one call fails', () => {
    const codes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENOENT', 'EXDEV'];
    forEachCall((failing, folder) => {
      const error = thrownWith(folder, (index) => failAt(index === failing, codes[failing % codes.length]));
      const files = withoutTemporary(filesIn(folder));
      // The closing change is the list alone.
      const closing = { ...after, list: 'a b c d' };
      expect(error === undefined || error instanceof PodhostError).toBe(true);
      expect([failing, error === undefined ? [after] : [before, closing]]).toEqual([
        failing,
        expect.arrayContaining([files]),
      ]);
    });
  });

  test('names what cannot be put back, and keeps it, when every call fails from some moment on', () => {
    let named = 0;
    forEachCall((failing, folder) => {
      const error = thrownWith(folder, (index) => failAt(index >= failing, 'EIO'));
      const files = filesIn(folder);
      expect(['old a', 'new a']).toContain(files['a.yaml']);
      expect(['a b c', 'a b c d', 'a b d']).toContain(files['list']);
      expect(files['b.yaml']).toBe('old b');
      const lost = error instanceof PodhostError ? error.problems.map(({ message }) => message) : [];
      if (lost.includes(`${folder}/a.yaml could not be put back as it was`)) {
        named++;
        expect(Object.values(files)).toContain('old a');
      }
    });
    expect(named).toBeGreaterThan(0);
  });

  test('is refused for all when one file cannot be changed', () => {
    const folder = folderWith({ 'a.yaml': 'old', 'b.yaml': 'old' });
    const changes = ['a.yaml', 'b.yaml'].map((name) => change(join(folder, name), 'new'));
    writeFileSync(join(folder, 'b.yaml'), 'changed meanwhile');
    expect(refusal(() => changeFiles(changes))).toEqual(['file/changed', 2]);
    expect(filesIn(folder)).toEqual({ 'a.yaml': 'old', 'b.yaml': 'changed meanwhile' });
  });

  test('is taken back when a file changes between the check and the replacement', () => {
    const folder = folderWith({ 'a.yaml': 'old', 'b.yaml': 'old' });
    const changes = ['a.yaml', 'b.yaml'].map((name) => change(join(folder, name), 'new'));
    let renames = 0;
    const meddle = ({ name }: { readonly name: string }) => {
      if (name === 'renameSync' && ++renames === 1) {
        writeFileSync(join(folder, 'b.yaml'), 'changed meanwhile');
      }
    };
    expect(refusal(() => watchingCalls(folder, meddle, () => changeFiles(changes)))).toEqual(['file/changed', 2]);
    expect(filesIn(folder)).toEqual({ 'a.yaml': 'old', 'b.yaml': 'changed meanwhile' });
  });

  test('does not replace a file that appears where there was none', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.yaml');
    const wanted = change(path, 'new');
    writeFileSync(path, 'of somebody else');
    expect(refusal(() => changeFiles([wanted]))).toEqual(['file/changed', 2]);
    expect(filesIn(folder)).toEqual({ 'a.yaml': 'of somebody else' });
  });

  test('works where the file system has no hard links', () => {
    const folder = folderWith(before);
    const noLinks = ({ name }: { readonly name: string }) => failAt(name === 'linkSync', 'EPERM');
    watchingCalls(folder, noLinks, changesOf(folder));
    expect(filesIn(folder)).toEqual(after);
  });
});

describe('a replaced file', () => {
  test.each([0o644, 0o600, 0o664, 0o640, 0o755])('keeps the permissions %o', (mode) => {
    const path = join(folderWith({ 'a.yaml': 'old' }), 'a.yaml');
    chmodSync(path, mode);
    writeFileAtomically(path, 'new');
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  test.skipIf(process.getuid?.() !== 0)('keeps its owner when root writes it', async () => {
    const { chownSync } = await import('node:fs');
    const path = join(folderWith({ 'a.yaml': 'old' }), 'a.yaml');
    chownSync(path, 1234, 2345);
    writeFileAtomically(path, 'new');
    const { uid, gid } = statSync(path);
    expect([uid, gid]).toEqual([1234, 2345]);
  });

  test('is refused when it has other names, is a link, a folder or read-only', () => {
    const folder = folderWith({ 'a.yaml': 'old', 'read-only.yaml': 'old', 'target.yaml': 'old' });
    linkSync(join(folder, 'a.yaml'), join(folder, 'twin.yaml'));
    symlinkSync('target.yaml', join(folder, 'link.yaml'));
    mkdirSync(join(folder, 'folder.yaml'));
    chmodSync(join(folder, 'read-only.yaml'), 0o444);
    const refused = (name: string) => refusal(() => writeFileAtomically(join(folder, name), 'new'));
    expect(refused('a.yaml')).toEqual(['file/hard-links', 2]);
    expect(refused('link.yaml')).toEqual(['file/not-regular', 2]);
    expect(refused('folder.yaml')).toEqual(['file/not-regular', 2]);
    expect(refused('read-only.yaml')).toEqual(['file/read-only-file', 3]);
    expect(new Set(Object.values(filesIn(folder)))).toEqual(new Set(['old']));
    expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
  });
});

test('a new file has the permissions that it is given', () => {
  const path = join(temporaryFolder(), 'a.json');
  writeFileAtomically(path, 'text', 0o600);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

function failAt(isFailing: boolean, code = 'EIO'): void {
  if (isFailing) {
    throw systemError(code);
  }
}

/** Does something for each call of a change, in a folder of its own. */
function forEachCall(work: (index: number, folder: string) => void): void {
  const first = folderWith(before);
  const calls = watchingCalls(first, () => {}, changesOf(first));
  for (let index = 1; index <= calls; index++) {
    work(index, folderWith(before));
  }
}

const thrownWith = (folder: string, hook: (index: number) => void): unknown => {
  const work = changesOf(folder);
  return thrown(() => watchingCalls(folder, ({ index }) => hook(index), work));
};
