import { describe, expect, test } from 'vitest';
import { clusterCheck } from '../../../lib/deploy/preflight/prerequisites.ts';
import { codes, findings, withDeploy } from './answers.ts';

const refused = {
  fails: 'The connection to the server 192.0.2.7:6443 was refused - did you specify the right host or port?',
};
const k3s = { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' };

describe('the check of the cluster', () => {
  test('is content when it is ready', async () => {
    expect(await codes(clusterCheck)).toEqual([]);
  });

  test('takes a server that lets nobody ask for one that answers', async () => {
    const forbidden = { fails: 'Error from server (Forbidden): User "me" cannot get path "/readyz"' };
    expect(await codes(clusterCheck, { answers: { 'kubectl get --raw=/readyz': forbidden } })).toEqual([]);
  });

  test('tells what keeps it from answering', async () => {
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
        'no cluster answers yet, so nothing in it was checked; the step k3s brings it (nothing listens at 192.0.2.7:6443, where the API server should be)',
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
