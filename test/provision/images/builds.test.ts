import { describe, expect, test } from 'vitest';
import type { SystemConfig } from '../../../lib/config/schema/system.ts';
import { refusedImages, serviceImages } from '../../../lib/provision/images/builds.ts';
import { RecordingRunner } from '../../run/support/recording-runner.ts';
import { testContext } from '../../run/support/test-context.ts';

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
      message: `a node that has ${image} of web would go on with it whatever is pushed, because imagePullPolicy is IfNotPresent`,
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
