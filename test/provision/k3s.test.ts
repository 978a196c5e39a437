import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { importImages } from '../../lib/provision/image-builds.ts';
import { answers, k3sAsRoot } from '../../lib/provision/k3s.ts';
import { findReadyNode } from '../../lib/provision/k3s-node.ts';
import { nodeImages } from '../../lib/provision/stored-images.ts';
import type { Command } from '../../lib/run/command/command.ts';
import { remoteLine, shellLine } from '../../lib/run/command/shell-line.ts';
import { RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;

const program = (path: string, script: string) => {
  writeFileSync(join(folder, path), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, path), 0o755);
};

/** A host of Red Hat's kind: what sudo goes by does not lead to where k3s lies. */
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'local'));
  mkdirSync(join(folder, 'bin'));
  program('local/k3s', 'printf "%s\\n" "$@"');
  program('bin/sudo', 'test "$1" = -n && shift; exec env -- PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"');
});

/** What a command prints that this machine spawns, as it does when it is the host itself. */
const spawned = ({ program: name, args }: Pick<Command, 'program' | 'args'>): string =>
  execFileSync(name, args, {
    encoding: 'utf8',
    env: { PATH: `${folder}/bin:${folder}/local:${process.env['PATH']}` },
    stdio: 'pipe',
  });

/** What a line prints in the shell of a host, or of whoever runs the script of a dry run. */
const printed = (line: string): string => spawned({ program: 'sh', args: ['-c', line] });

describe('k3s as root', () => {
  const args = ['kubectl', 'get', 'nodes', "it's $HOME", '--output=json'];

  test('k3s is found outside the PATH of sudo and gets every argument', () => {
    const command = k3sAsRoot(args);
    const expected = `${args.join('\n')}\n`;
    expect(spawned(command)).toBe(expected);
    expect(printed(remoteLine(command))).toBe(expected);
    expect(printed(shellLine(command))).toBe(expected);
  });

  test('that is not there is missed by sudo, by its name', () => {
    expect(() => printed(`rm "$(command -v k3s)"; ${shellLine(k3sAsRoot(['kubectl']))}`)).toThrow(/k3s.*No such file/);
  });

  test('is asked in no other way', async () => {
    const runner = new RecordingRunner({ 'sh -c': '{"items":[],"images":[]}' });
    const context = testContext({ runner });
    await Promise.all([answers(context), findReadyNode(context), nodeImages(context)]);
    expect(runner.lines).toHaveLength(4);
    for (const line of [...runner.lines, shellLine(importImages(['shop:1']))]) {
      expect(line).toContain('command -v k3s');
      expect(line).not.toMatch(/sudo -n k3s/);
    }
  });
});

test('images are imported where the PATH of sudo does not lead to k3s', () => {
  program('bin/docker', 'case $1 in image) echo sha256:1 ;; save) echo layers ;; esac');
  program('local/k3s', `case "$*" in *import*) cat > '${folder}/imported' ;; esac`);
  printed(shellLine(importImages(['shop:1'])));
  expect(printed(`cat '${folder}/imported'`)).toBe('layers\n');
});
