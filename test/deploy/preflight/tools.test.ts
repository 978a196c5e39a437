import { describe, expect, test } from 'vitest';
import { helmCheck, kubectlCheck } from '../../../lib/deploy/preflight/prerequisites.ts';
import { bed, codes, findings } from './answers.ts';

const missing = (program: string) => ({ fails: `${program} is not installed, or not on the PATH` });

describe('the check of kubectl', () => {
  test('is content with one that is new enough', async () => {
    expect(await codes(kubectlCheck)).toEqual([]);
  });

  test('says how to install a missing one', async () => {
    const { problems = [] } = await findings(kubectlCheck, { answers: { 'kubectl version': missing('kubectl') } });
    expect(problems[0]).toMatchObject({
      code: 'deploy/no-kubectl',
      message: 'kubectl is not installed, or not on the PATH',
      suggestion: expect.stringContaining('https://dl.k8s.io/release/'),
    });
  });

  test('refuses one that is too old', async () => {
    const old = { clientVersion: { gitVersion: 'v1.20.3' } };
    expect(await codes(kubectlCheck, { answers: { 'kubectl version': old } })).toEqual(['deploy/old-kubectl']);
  });

  test('is not needed when no step talks to a cluster', () => {
    expect(kubectlCheck.isNeeded(bed({ steps: ['images'] }).inquiry.scope)).toBe(false);
  });
});

describe('the check of helm', () => {
  test.each(['v3.8.0+gd141386', 'v4.0.1'])('is content with %s', async (version) => {
    expect(await codes(helmCheck, { answers: { 'helm version': version } })).toEqual([]);
  });

  test('refuses one that is too old', async () => {
    expect(await codes(helmCheck, { answers: { 'helm version': 'v3.7.2' } })).toEqual(['deploy/old-helm']);
  });

  test('says how to install a missing one', async () => {
    expect(await codes(helmCheck, { answers: { 'helm version': missing('helm') } })).toEqual(['deploy/no-helm']);
  });

  test('is needed only where something is installed by helm', () => {
    const isNeeded = (delivery: 'helm-values' | 'manifests') =>
      helmCheck.isNeeded(
        bed({ change: (config) => ({ ...config, collector: { ...config.collector, delivery } }) }).inquiry.scope,
      );
    expect([isNeeded('helm-values'), isNeeded('manifests')]).toEqual([true, false]);
  });
});
