import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { imageAction, imagesStep } from '../../../../lib/deploy/steps/images/step.ts';
import { otherContent } from '../../../../lib/provision/image-builds.ts';
import { k3sAsRoot } from '../../../../lib/provision/k3s.ts';
import { keepImageRecords } from '../../../../lib/provision/stored-images.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the step images', () => {
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
      expect(await action?.upToDate?.()).toBeUndefined();
    });

    test('verified images are up to date when nothing has changed', async () => {
      const context = contextOf(there);
      const [action] = await imagesStep.actions(context);
      await action?.verify?.();
      const [again] = await imagesStep.actions(context);
      expect(await again?.upToDate?.()).toBe('nothing in its folder has changed');
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
      await action?.verify?.();
      const now = { ...before, runner: new RecordingRunner({ ...there, ...changed }) };
      const [again] = await imagesStep.actions(now);
      expect(await again?.upToDate?.()).toBeUndefined();
    });

    test("are known by their manifest where docker's store is containerd", async () => {
      const table = `REF TYPE DIGEST\ndocker.io/library/shop-api:1.0 application/vnd.oci ${manifest} 9 MiB linux/amd64 -\n`;
      const answers = { ...there, 'docker image ls': `shop-api:1.0 ${manifest}\n`, [ctrImages]: table };
      const [action] = await imagesStep.actions(contextOf(answers));
      await expect(action?.verify?.()).resolves.toBeUndefined();
    });

    test('are not taken for imported when the node does not list them', async () => {
      const answers = { ...there, [crictlImages]: '{"images":[]}' };
      const [action] = await imagesStep.actions(contextOf(answers));
      await expect(action?.verify?.()).rejects.toMatchObject({ code: 'deploy/image-not-there' });
    });

    test('missing Dockerfiles are reported before anything is built', async () => {
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

    test('a registry receives the images that the pods use', async () => {
      const image = 'registry.example.com/team/shop-api:1.0';
      const digests = `${id} ["registry.example.com/team/shop-api@${manifest}"]\n`;
      const { config, ...context } = contextOf(
        { ...there, 'docker image ls': `${image} ${id}\n`, 'docker image inspect': digests },
        registry,
      );
      const services = config.services.map((service) => ({ ...service, image, imagePullPolicy: 'Always' as const }));
      const [action] = await imagesStep.actions({ ...context, config: { ...config, services } });
      expect(action?.commands.map((command) => shellLine(command)).at(-1)).toBe(`docker push ${image}`);
      await expect(action?.verify?.()).resolves.toBeUndefined();
    });

    test('images of another registry are refused', async () => {
      await expect(imagesStep.actions(contextOf(there, registry))).rejects.toMatchObject({
        problems: [{ suggestion: 'write: image: registry.example.com/team/shop-api:1.0' }],
      });
    });

    test('a registry that denies the push is reported as such', async () => {
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
});

describe('pushing', () => {
  const image = 'registry.example.com/team/web:1.0';
  const dockerfile = '/opt/shop/services/web/Dockerfile';
  const before = `sha256:${'1'.repeat(64)}`;
  const after = `sha256:${'2'.repeat(64)}`;

  interface Pushed {
    readonly imagePullPolicy?: 'IfNotPresent' | 'Always';
    /** What was pushed the last time. */
    readonly pushedId?: string;
  }

  function actionOf({ imagePullPolicy = 'IfNotPresent', pushedId }: Pushed) {
    const deploy = { images: { folder: '/opt/shop', registry: 'registry.example.com/team' } };
    const context = testContext({ runner: new RecordingRunner(), deploy });
    const services = context.config.services
      .slice(0, 1)
      .map((service) => ({ ...service, name: 'web', image, imagePullPolicy }));
    if (pushedId !== undefined) {
      const record = { host: 'here', dockerfile, id: pushedId, since: '2030-01-01T00:00:00Z' };
      keepImageRecords(context.stateFolder, { [image]: record });
    }
    const state = { docker: new Map(), digest: undefined, node: undefined };
    const build = { dockerfile, images: [image] };
    return imageAction({ ...context, config: { ...context.config, services } }, build, { folder: '/opt/shop', state });
  }

  describe('an image that is pushed under the tag it had before', () => {
    let folder: string;

    beforeEach(() => {
      folder = temporaryFolder();
      writeFileSync(join(folder, 'docker'), `#!/bin/sh\ntest "$1 $2" = 'image inspect' && echo ${after}\n`);
      chmodSync(join(folder, 'docker'), 0o755);
    });

    /** Status of what stands between the build and the push. */
    function comparison(pushedId: string): number {
      const [, compare, push] = actionOf({ pushedId }).commands.map((command) => shellLine(command));
      expect(push).toBe(`docker push ${image}`);
      try {
        execFileSync('sh', ['-c', compare ?? ''], { env: { PATH: `${folder}:${process.env['PATH']}` }, stdio: 'pipe' });
        return 0;
      } catch (error) {
        return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : -1;
      }
    }

    test('is not pushed with another content, which no node would pull', () => {
      expect(comparison(before)).toBe(otherContent);
      expect(comparison(after)).toBe(0);
    });

    test('an image with another content under the same tag is reported with a suggestion', async () => {
      const action = actionOf({ pushedId: before });
      const [, compare = { program: '', args: [] }] = action.commands;
      const result = { exitStatus: otherContent, stdout: '', stderr: '', milliseconds: 1 };
      expect(await action.explain?.(compare, result)).toEqual({
        code: 'deploy/same-tag',
        message: `${image} was pushed before with another content and was not pushed again: nodes that have it would not pull it for web, because imagePullPolicy is not Always`,
        suggestion: 'write another tag as image of web; or beside it: imagePullPolicy: Always',
      });
    });

    test.each<[string, Pushed]>([
      ['it is pulled always', { imagePullPolicy: 'Always', pushedId: before }],
      ['it was never pushed', {}],
    ])('is not compared when %s', (_, pushed) => {
      expect(actionOf(pushed).commands.map(({ args: [first] }) => first)).toEqual(['build', 'push']);
    });
  });
});
