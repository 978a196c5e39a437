import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  clusterCheck,
  distCheck,
  helmCheck,
  hostCheck,
  kubectlCheck,
} from '../../../lib/deploy/preflight/prerequisites.ts';
import { bed, codes, findings, withDeploy } from './answers.ts';

describe('the check of the manifests', () => {
  test('manifests are there', async () => {
    expect(await codes(distCheck)).toEqual([]);
  });

  test('a folder that does not exist is named with the command that makes it', async () => {
    const { problems } = await findings(distCheck, { dist: '/nowhere/dist' });
    expect(problems).toEqual([
      {
        code: 'deploy/no-dist',
        message: '/nowhere/dist does not exist',
        suggestion: 'run: npm run podhost -- synth --config config/dataprime-demo.yaml --output /nowhere/dist',
      },
    ]);
  });

  test('an empty folder is no better', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'podhost-'));
    expect(await codes(distCheck, { dist })).toEqual(['deploy/no-dist']);
  });
});

describe('the tools', () => {
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
      expect(kubectlCheck.isNeeded(bed({ steps: ['images'] }).preflight.scope)).toBe(false);
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
          bed({ change: (config) => ({ ...config, collector: { ...config.collector, delivery } }) }).preflight.scope,
        );
      expect([isNeeded('helm-values'), isNeeded('manifests')]).toEqual([true, false]);
    });
  });
});

describe('the host', () => {
  const k3s = { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' };
  const change = withDeploy({ k3s });
  const host = 'ubuntu@192.0.2.7';

  describe('the check of the host', () => {
    test('is content when podhost gets in and may become root', async () => {
      expect(await codes(hostCheck, { change, host })).toEqual([]);
    });

    test('says how to install a missing ssh', async () => {
      const answers = { 'ssh -V': { fails: 'ssh is not installed, or not on the PATH' } };
      expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/no-ssh']);
    });

    test('the check of the host reports why ssh fails', async () => {
      const answers = { 'sudo -n true': { fails: 'Host key verification failed.', status: 255 } };
      expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/unknown-host-key']);
    });

    test('the check of the host reports that sudo needs a password', async () => {
      const answers = { 'sudo -n true': { fails: 'sudo: a password is required' } };
      expect(await codes(hostCheck, { change, host, answers })).toEqual(['deploy/no-sudo']);
    });

    test('needs no ssh when the host is this machine', async () => {
      const { preflight, runner } = bed({ change });
      await preflight.result(hostCheck);
      expect(runner.lines).toEqual(['sudo -n true']);
    });

    test('is not needed when nothing is done there', () => {
      expect(hostCheck.isNeeded(bed({ host }).preflight.scope)).toBe(false);
    });
  });
});

describe('the cluster', () => {
  const refused = {
    fails: 'The connection to the server 192.0.2.7:6443 was refused - did you specify the right host or port?',
  };
  const k3s = { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' };

  describe('the check of the cluster', () => {
    test('is content when it is ready', async () => {
      expect(await codes(clusterCheck)).toEqual([]);
    });

    test('a forbidden request counts as an answer of the cluster', async () => {
      const forbidden = { fails: 'Error from server (Forbidden): User "me" cannot get path "/readyz"' };
      expect(await codes(clusterCheck, { answers: { 'kubectl get --raw=/readyz': forbidden } })).toEqual([]);
    });

    test('the check of the cluster reports why it does not answer', async () => {
      expect(await codes(clusterCheck, { answers: { 'kubectl get --raw=/readyz': refused } })).toEqual([
        'deploy/cluster-refused',
      ]);
    });

    test('shows what kubectl says when it does not know the reason', async () => {
      const odd = { fails: 'error: something new' };
      const { problems } = await findings(clusterCheck, { answers: { 'kubectl get --raw=/readyz': odd } });
      expect(problems?.[0]?.details).toEqual(['    error: something new']);
    });

    test('is content with none when a step installs one, and says so', async () => {
      const found = await findings(clusterCheck, {
        change: withDeploy({ k3s }),
        answers: { 'kubectl get --raw=/readyz': refused },
      });
      expect(found).toEqual({
        isAbsent: true,
        notes: [
          'no cluster answers yet, so nothing in it was checked; the step k3s installs it (the API server at 192.0.2.7:6443 refuses connections)',
        ],
      });
    });

    test('wants one when that step is left out', async () => {
      const answers = { 'kubectl get --raw=/readyz': refused };
      expect(await codes(clusterCheck, { change: withDeploy({ k3s }), answers, steps: ['apply'] })).toEqual([
        'deploy/cluster-refused',
      ]);
    });
  });
});
