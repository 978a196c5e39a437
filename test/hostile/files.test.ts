import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { capturedRun } from '../cli/captured-run.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import {
  failedRun,
  foreign,
  linkAt,
  listOf,
  newPlace,
  type Place,
  pipeAt,
  synthArgs,
  treeOf,
} from './support/place.ts';

describe('an output folder that cannot be used is refused, and nothing changes', () => {
  test.each<[string, (place: Place) => string, string, number]>([
    ['no name', () => '', 'synth/no-output', 2],
    ['standard output', () => '-', 'synth/no-output', 2],
    ['a home folder that the shell has not filled in', () => '~', 'synth/no-output', 2],
    ['a folder in it', () => '~/dist', 'synth/no-output', 2],
    ['the root of the file system', () => '/', 'synth/root-folder', 2],
    ['the root by another name', () => '/tmp/..', 'synth/root-folder', 2],
    ['a link to the root', ({ root }) => linkAt(join(root, 'link'), '/'), 'synth/root-folder', 2],
    ['a file', ({ config }) => config, 'synth/no-folder', 2],
    ['a path below a file', ({ config }) => join(config, 'dist'), 'file/not-folder', 2],
    ['a pipe', ({ root }) => pipeAt(join(root, 'pipe')), 'synth/no-folder', 2],
    ['a path below a pipe', ({ root }) => join(pipeAt(join(root, 'pipe')), 'dist'), 'file/not-folder', 2],
    ['a device', () => '/dev/null', 'synth/no-folder', 2],
    ['a path below a device', () => '/dev/null/dist', 'file/not-folder', 2],
    ['a dangling link', ({ root }) => linkAt(join(root, 'link'), 'nowhere'), 'synth/no-folder', 2],
    ['a path below a dangling link', ({ root }) => join(linkAt(join(root, 'link'), 'no'), 'd'), 'file/missing', 2],
    ['a link to a file', ({ root }) => linkAt(join(root, 'link'), 'shop.yaml'), 'synth/no-folder', 2],
    ['a link to itself', ({ root }) => linkAt(join(root, 'link'), 'link'), 'file/link', 2],
    ['a path below it', ({ root }) => join(linkAt(join(root, 'link'), 'link'), 'dist'), 'file/link', 2],
    ['a name that is too long', ({ root }) => join(root, 'n'.repeat(256)), 'file/long-name', 2],
    ['a path that is too long', ({ root }) => join(root, 'n/'.repeat(2100)), 'file/long-name', 2],
  ])('%s', async (_, outputOf, code, status) => {
    const place = newPlace();
    const output = outputOf(place);
    const before = treeOf(place.root);
    expect(await failedRun(...synthArgs(place, output))).toMatchObject({ codes: [code], status });
    expect(treeOf(place.root)).toEqual(before);
  });

  test.skipIf(!existsSync('/proc/self')).each(['/proc', '/proc/dist'])(
    '%s, where nothing can be created',
    async (output) => {
      const { codes, stdout } = await failedRun(...synthArgs(newPlace(), output));
      // Without being root, the permission is looked at first.
      expect(['file/missing', 'file/no-permission']).toContain(codes[0]);
      expect(stdout).toContain(`${output === '/proc' ? '/proc/.podhost' : output} cannot be created`);
    },
  );

  test.each(['', '-', '/', '~', '/dev/null'])('deploy says the same of %j', async (output) => {
    const { config } = newPlace();
    const { status, stdout } = await capturedRun('deploy', '--config', config, '--output', output, '--dry-run');
    expect(status).toBe(2);
    expect(stdout).toMatch(/\[synth\/(no-output|root-folder|no-folder)\]/);
  });
});

describe('what is in the place of the output is refused with its name, and nothing changes', () => {
  test.each<[string, (dist: string) => void, string]>([
    ['a manifest of somebody else', (dist) => writeFiles(dist, { '10-config.yaml': foreign }), 'synth/foreign-file'],
    ['an empty file', (dist) => writeFiles(dist, { '10-config.yaml': '' }), 'synth/foreign-file'],
    [
      'a file with the header after a blank line',
      (dist) => writeFiles(dist, { '10-config.yaml': `\n${generatedHeader}` }),
      'synth/foreign-file',
    ],
    [
      'a file of many megabytes',
      (dist) => writeFiles(dist, { '10-config.yaml': '#'.repeat(20_000_000) }),
      'synth/foreign-file',
    ],
    ['a folder', (dist) => mkdirSync(join(dist, '10-config.yaml'), { recursive: true }), 'synth/foreign-file'],
    ['a pipe', (dist) => pipeAt(join(dist, '10-config.yaml')), 'synth/foreign-file'],
    ['a link to a generated file', (dist) => generatedLink(dist), 'synth/linked-file'],
    ['a dangling link', (dist) => linkAt(join(dist, '10-config.yaml'), 'none'), 'synth/linked-file'],
    ['a link to itself', (dist) => linkAt(join(dist, '10-config.yaml'), '10-config.yaml'), 'synth/linked-file'],
    ['a link in place of a sub-folder', (dist) => linkAt(join(dist, 'helm'), '..'), 'synth/linked-folder'],
    ['a dangling link there', (dist) => linkAt(join(dist, 'helm'), 'none'), 'synth/linked-folder'],
    ['a file there', (dist) => writeFiles(dist, { helm: 'text' }), 'synth/foreign-file'],
    ['a pipe there', (dist) => pipeAt(join(dist, 'helm')), 'synth/foreign-file'],
    [
      'files of another system',
      (dist) =>
        writeFiles(dist, { '.podhost/web': listOf('10-config.yaml', '30-x.yaml'), '10-config.yaml': generatedHeader }),
      'synth/other-system',
    ],
    [
      'a path that another system owns and has not written',
      (dist) => writeFiles(dist, { '.podhost/web': listOf('10-config.yaml') }),
      'synth/other-system',
    ],
    [
      'a list that is a link',
      (dist) => {
        mkdirSync(join(dist, '.podhost'));
        linkAt(join(dist, '.podhost/shop'), '../../shop.yaml');
      },
      'synth/bad-list',
    ],
    [
      'a list that is a folder',
      (dist) => mkdirSync(join(dist, '.podhost/shop'), { recursive: true }),
      'synth/bad-list',
    ],
    [
      'a list that is a pipe',
      (dist) => {
        mkdirSync(join(dist, '.podhost'));
        pipeAt(join(dist, '.podhost/shop'));
      },
      'synth/bad-list',
    ],
    ['a list of another kind', (dist) => writeFiles(dist, { '.podhost/shop': 'notes\n' }), 'synth/bad-list'],
    [
      'a list that leads out',
      (dist) => writeFiles(dist, { '.podhost/shop': listOf('../shop.yaml') }),
      'synth/bad-list',
    ],
    [
      'a list with an absolute path',
      (dist) => writeFiles(dist, { '.podhost/shop': listOf('/etc/passwd') }),
      'synth/bad-list',
    ],
    [
      'a bad list of another system',
      (dist) => writeFiles(dist, { '.podhost/web': listOf('a/../../b') }),
      'synth/bad-list',
    ],
    ['a link in place of the lists', (dist) => linkAt(join(dist, '.podhost'), '..'), 'synth/linked-folder'],
    ['a file in place of the lists', (dist) => writeFiles(dist, { '.podhost': 'text' }), 'synth/foreign-file'],
  ])('%s', async (_, arrange, code) => {
    const place = newPlace();
    mkdirSync(place.dist);
    arrange(place.dist);
    const before = treeOf(place.root);
    expect(await failedRun(...synthArgs(place))).toMatchObject({ codes: [code], status: 2 });
    expect(treeOf(place.root)).toEqual(before);
  });

  test.each<[string, (path: string) => void, string, number]>([
    ['has a second name', (path) => linkSync(path, `${path}.twin`), 'file/hard-links', 2],
    ['is read-only', (path) => chmodSync(path, 0o444), 'file/read-only-file', 3],
  ])('a generated file that %s', async (_, arrange, code, status) => {
    const place = newPlace();
    await capturedRun(...synthArgs(place));
    const path = join(place.dist, '10-config.yaml');
    writeFileSync(path, `${readFileSync(path, 'utf8')}# by hand\n`);
    arrange(path);
    const before = treeOf(place.root);
    expect(await failedRun(...synthArgs(place))).toMatchObject({ codes: [code], status });
    expect(treeOf(place.root)).toEqual(before);
  });
});

function generatedLink(dist: string): void {
  writeFiles(dist, { 'real.yaml': generatedHeader });
  linkAt(join(dist, '10-config.yaml'), 'real.yaml');
}
