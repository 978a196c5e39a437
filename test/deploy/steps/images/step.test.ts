import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imagesStep } from '../../../../lib/deploy/steps/images/step.ts';
import { fullReference, importImages } from '../../../../lib/provision/images/builds.ts';
import { k3sAsRoot } from '../../../../lib/provision/k3s.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const look = { dockerfiles: "sh -c 'for file", content: "sh -c 'cd " } as const;
const images = { folder: '/opt/shop' };
const id = `sha256:${'1'.repeat(64)}`;
const manifest = `sha256:${'2'.repeat(64)}`;
const crictlImages = shellLine(k3sAsRoot(['crictl', 'images', '--output=json']));
const ctrImages = shellLine(k3sAsRoot(['ctr', '--namespace=k8s.io', 'images', 'list']));
const mark = 'c'.repeat(64);
const crictl = (imageId: string) =>
  JSON.stringify({ images: [{ id: imageId, repoTags: ['docker.io/library/shop-api:1.0'] }] });

/** A host on which docker has the image, and the node does too. */
const there: Record<string, Answer> = {
  'docker image ls': `shop-api:1.0 ${id}\n`,
  [crictlImages]: crictl(id),
  [look.content]: `${mark}  -\n`,
};

const contextOf = (answers: Record<string, Answer>, deploy: object = { images }) => {
  const context = testContext({ runner: new RecordingRunner(answers), deploy });
  const [service] = context.config.services;
  const services = service === undefined ? [] : [{ ...service, image: 'shop-api:1.0' }];
  return { ...context, config: { ...context.config, services } };
};

describe('images', () => {
  test('are not built when the configuration names no folder', async () => {
    expect(await imagesStep.actions(contextOf({}, {}))).toEqual([]);
  });

  test('are built and imported, one after the other', async () => {
    const [action] = await imagesStep.actions(contextOf(there));
    const [build, imported] = action?.commands.map((command) => shellLine(command)) ?? [];
    expect(build).toMatch(
      /docker build --tag=shop-api:1\.0 --file=\/opt\/shop\/services\/[a-z-]+\/Dockerfile \/opt\/shop$/,
    );
    expect(imported).toMatch(/docker save .* podhost shop-api:1\.0$/s);
    expect(await action?.alreadySo?.()).toBeUndefined();
  });

  test('are left alone once they are proven and nothing has changed', async () => {
    const context = contextOf(there);
    const [action] = await imagesStep.actions(context);
    await action?.prove?.();
    const [again] = await imagesStep.actions(context);
    expect(await again?.alreadySo?.()).toBe('nothing in its folder has changed');
  });

  test.each([
    ['the folder has changed', { [look.content]: `${'d'.repeat(64)}  -\n` }],
    ['the folder cannot be read', { [look.content]: failed('find: denied') }],
    ['the node has lost it', { [crictlImages]: '{"images":[]}' }],
    ['the node has another one', { [crictlImages]: crictl(manifest) }],
    ['there is no node any more', { [crictlImages]: failed('sudo: k3s: command not found') }],
  ])('are built again when %s', async (_, changed) => {
    const before = contextOf(there);
    const [action] = await imagesStep.actions(before);
    await action?.prove?.();
    const now = { ...before, runner: new RecordingRunner({ ...there, ...changed }) };
    const [again] = await imagesStep.actions(now);
    expect(await again?.alreadySo?.()).toBeUndefined();
  });

  test("are known by their manifest where docker's store is containerd", async () => {
    const table = `REF TYPE DIGEST\ndocker.io/library/shop-api:1.0 application/vnd.oci ${manifest} 9 MiB linux/amd64 -\n`;
    const answers = { ...there, 'docker image ls': `shop-api:1.0 ${manifest}\n`, [ctrImages]: table };
    const [action] = await imagesStep.actions(contextOf(answers));
    await expect(action?.prove?.()).resolves.toBeUndefined();
  });

  test('are not taken for imported when the node does not list them', async () => {
    const answers = { ...there, [crictlImages]: '{"images":[]}' };
    const [action] = await imagesStep.actions(contextOf(answers));
    await expect(action?.prove?.()).rejects.toMatchObject({ code: 'deploy/image-not-there' });
  });

  test('without a Dockerfile are told before anything is built', async () => {
    const answer = { [look.dockerfiles]: '/opt/shop/own/Dockerfile\n' };
    const context = contextOf(answer);
    const [{ name } = { name: '' }] = context.config.services;
    const own = contextOf(answer, { images: { ...images, dockerfiles: { [name]: 'own/Dockerfile' } } });
    await expect(imagesStep.actions(own)).rejects.toMatchObject({ code: 'deploy/no-dockerfile' });
  });

  test('that the kubelet would pull again are refused, with what to write', async () => {
    const { config, ...context } = contextOf(there);
    const serviceDefaults = { ...config.serviceDefaults, imagePullPolicy: 'Always' as const };
    const always = imagesStep.actions({ ...context, config: { ...config, serviceDefaults } });
    await expect(always).rejects.toMatchObject({
      problems: [
        { code: 'deploy/always-pulled', suggestion: expect.stringContaining('imagePullPolicy: IfNotPresent') },
      ],
    });
  });

  test('are built as many at once as the configuration says', () => {
    const context = contextOf({}, { images: { ...images, parallel: 7 } });
    const { parallel } = imagesStep;
    expect(typeof parallel === 'function' ? parallel(context) : parallel).toBe(7);
  });
});

describe('a registry', () => {
  const registry = { images: { ...images, registry: 'registry.example.com/team' } };

  test('gets the images that the pods look for there', async () => {
    const image = 'registry.example.com/team/shop-api:1.0';
    const digests = `${id} ["registry.example.com/team/shop-api@${manifest}"]\n`;
    const { config, ...context } = contextOf(
      { ...there, 'docker image ls': `${image} ${id}\n`, 'docker image inspect': digests },
      registry,
    );
    const services = config.services.map((service) => ({ ...service, image, imagePullPolicy: 'Always' as const }));
    const [action] = await imagesStep.actions({ ...context, config: { ...config, services } });
    expect(action?.commands.map((command) => shellLine(command)).at(-1)).toBe(`docker push ${image}`);
    await expect(action?.prove?.()).resolves.toBeUndefined();
  });

  test('is no place for images that the pods look for elsewhere', async () => {
    await expect(imagesStep.actions(contextOf(there, registry))).rejects.toMatchObject({
      problems: [{ suggestion: 'write: image: registry.example.com/team/shop-api:1.0' }],
    });
  });

  test('that lets nobody in is told apart from others', async () => {
    const { config, ...context } = contextOf(there, registry);
    const services = config.services.map((it) => ({ ...it, image: 'registry.example.com/team/shop-api:1.0' }));
    const [action] = await imagesStep.actions({ ...context, config: { ...config, services } });
    const push = action?.commands.at(-1);
    const result = { exitStatus: 1, stdout: '', stderr: 'denied: requested access is denied', milliseconds: 1 };
    expect(push && (await action?.explain?.(push, result))).toMatchObject({
      code: 'deploy/push-denied',
      suggestion: 'on this machine: docker login registry.example.com',
    });
  });
});

test.each([
  ['shop', 'docker.io/library/shop:latest'],
  ['team/shop:1', 'docker.io/team/shop:1'],
  ['localhost:5000/shop:1', 'localhost:5000/shop:1'],
])('containerd calls %s by its whole name', (image, reference) => {
  expect(fullReference(image)).toBe(reference);
});

describe('the import', () => {
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
