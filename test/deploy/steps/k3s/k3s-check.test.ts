import { expect, test } from 'vitest';
import { k3sCheck } from '../../../../lib/deploy/steps/k3s/step.ts';
import { k3sOnPath } from '../../../../lib/provision/k3s.ts';
import { codes, withDeploy } from '../../preflight/answers.ts';

const change = withDeploy({ k3s: { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' } });

test('a host without k3s is no problem', async () => {
  expect(await codes(k3sCheck, { change })).toEqual([]);
});

test('a host with another release is', async () => {
  const answers = { [`sh -c ${k3sOnPath}; command -v k3s`]: 'k3s version v1.29.0+k3s1 (abc)\n' };
  expect(await codes(k3sCheck, { change, answers })).toEqual(['deploy/other-k3s']);
});
