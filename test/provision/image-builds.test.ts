import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SystemConfig } from '../../lib/config/schema/system.ts';
import { fullReference, importImages, refusedImages, serviceImages } from '../../lib/provision/image-builds.ts';
import { shellLine } from '../../lib/run/command/shell-line.ts';
import { RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const registry = 'registry.example.com/team';
type Policy = SystemConfig['serviceDefaults']['imagePullPolicy'];

/** What is refused of a system with one service. */
function refused(image: string, imagePullPolicy?: Policy, deploy: object = { images: { registry } }) {
  const { config } = testContext({ runner: new RecordingRunner(), deploy });
  const services = config.services
    .slice(0, 1)
    .map((service) => ({ ...service, name: 'web', image, ...(imagePullPolicy && { imagePullPolicy }) }));
  const changed = { ...config, services };
  return refusedImages(changed, serviceImages(changed, '/opt/shop'));
}

describe('an image of a registry whose tag says nothing of its content', () => {
  test.each([`${registry}/web:latest`, `${registry}/web`])('is refused unless it is pulled always: %s', (image) => {
    const problem = {
      code: 'deploy/never-pulled-again',
      message: `a node that has ${image} of web would not pull a newer image, because imagePullPolicy is IfNotPresent`,
      suggestion: 'write beside it: imagePullPolicy: Always; or a tag that changes with the content',
    };
    expect(refused(image)).toEqual([problem]);
    expect(refused(image, 'Never')).toMatchObject([{ code: 'deploy/never-pulled-again' }]);
    expect(refused(image, 'Always')).toEqual([]);
  });

  test('is nothing to refuse where images are imported', () => {
    expect(refused('web:latest', 'IfNotPresent', {})).toEqual([]);
  });
});

test('an image of a registry with a tag of its own is not refused, whatever the policy', () => {
  expect(refused(`${registry}/web:1.0`)).toEqual([]);
});

test.each([
  ['shop', 'docker.io/library/shop:latest'],
  ['team/shop:1', 'docker.io/team/shop:1'],
  ['localhost:5000/shop:1', 'localhost:5000/shop:1'],
])('containerd calls %s by its whole name', (image, reference) => {
  expect(fullReference(image)).toBe(reference);
});

describe('the import', () => {
  const id = `sha256:${'1'.repeat(64)}`;

  /** Runs the script with programs that end as told. */
  function imported(status: { readonly save: number; readonly import: number; readonly nodeId: string }): number {
    const folder = temporaryFolder();
    const program = (name: string, script: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    };
    program('docker', `case $1 in image) echo ${id} ;; save) echo layers; exit ${status.save} ;; esac`);
    program('sudo', `case "$*" in *inspecti*) echo ${status.nodeId} ;; *) cat; exit ${status.import} ;; esac`);
    try {
      const env = { PATH: `${folder}:${process.env['PATH']}` };
      execFileSync('sh', ['-c', shellLine(importImages(['shop:1', 'shop:2']))], { env, stdio: 'pipe' });
      return 0;
    } catch (error) {
      return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : -1;
    }
  }

  test.each([
    [{ save: 0, import: 0, nodeId: '' }, 0],
    [{ save: 1, import: 0, nodeId: '' }, 1],
    [{ save: 0, import: 3, nodeId: '' }, 3],
    [{ save: 1, import: 3, nodeId: '' }, 3],
    [{ save: 1, import: 1, nodeId: id }, 0],
  ])('counts the status of both halves: %j', (status, expected) => {
    expect(imported(status)).toBe(expected);
  });
});
