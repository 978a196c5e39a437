import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { imageAction } from '../../../../lib/deploy/steps/images/step.ts';
import { otherContent } from '../../../../lib/provision/images/builds.ts';
import { keepImageRecords } from '../../../../lib/provision/images/records.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

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
  const state = { docker: new Map(), content: undefined, node: undefined };
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

  test('is told with what to write', async () => {
    const action = actionOf({ pushedId: before });
    const [, compare = { program: '', args: [] }] = action.commands;
    const result = { exitStatus: otherContent, stdout: '', stderr: '', milliseconds: 1 };
    expect(await action.explain?.(compare, result)).toEqual({
      code: 'deploy/same-tag',
      message: `${image} was pushed with another content before, and a node that has it would not pull it again for web, because imagePullPolicy is not Always; it was not pushed`,
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
