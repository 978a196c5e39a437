import { expect, test } from 'vitest';
import { serverVersionCheck } from '../../../lib/deploy/preflight/cluster-checks.ts';
import { findings } from './answers.ts';

const of = (gitVersion: string) =>
  findings(serverVersionCheck, { answers: { 'kubectl get --raw=/version': { gitVersion } } });

test('a server of today is fine', async () => {
  expect(await of('v1.34.4+k3s1')).toEqual({ problems: [], notes: [] });
});

test('a server that is too old is told to be upgraded', async () => {
  const { problems = [] } = await of('v1.26.15+k3s1');
  expect(problems[0]?.message).toBe('the cluster runs Kubernetes v1.26.15+k3s1, and this system needs 1.27 or newer');
});

test('a kubectl that is far from the server is worth a note', async () => {
  const { problems, notes } = await of('v1.31.0');
  expect(problems).toEqual([]);
  expect(notes?.[0]).toMatch(/^kubectl v1.34.4 is more than one minor version away from the server's v1.31.0/);
});
