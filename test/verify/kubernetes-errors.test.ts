import { afterEach, expect, test, vi } from 'vitest';
import { KubeClient } from '../../lib/verify/cluster/kube-client.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { type Behaviour, fakeKubernetes } from './support/fake-kubernetes.ts';
import { clusterOf, healthySystem } from './support/healthy-system.ts';
import { runVerify } from './support/run-verify.ts';

withoutSleeps();

afterEach(() => vi.restoreAllMocks());

/** What is printed of one hop of the first service. */
async function hopWith(behaviour: Behaviour, id: string) {
  const result = await runVerify(healthySystem(), { kubernetes: behaviour });
  const cell = result.printed.rows[0]?.hops.find((each) => each.id === id);
  const open = cell?.checks.find(({ status }) => status !== 'proven');
  return { ...result, cell: [cell?.status, open?.message] as const, remedy: open?.remedy };
}

test.each<[name: string, behaviour: Behaviour, reason: string]>([
  ['401', { refuse: [{ path: '/version', status: 401 }] }, 'does not accept the credentials of the kubeconfig'],
  [
    '500',
    { refuse: [{ path: '/version', status: 500, message: 'etcd is away' }] },
    'answers 500 for the version of the API server: etcd is away',
  ],
  ['a connection that is cut', { cut: '/version' }, 'closed the connection before its answer was complete'],
  ['a page', { page: true }, 'is no API server of Kubernetes'],
])('of a cluster that answers with %s nothing is known, and the rest is verified', async (_, behaviour, reason) => {
  const { cell, status, printed } = await hopWith(behaviour, 'rollout');
  expect(cell).toEqual(['unchecked', expect.stringContaining(reason)]);
  expect(printed.rows[0]?.hops.find(({ id }) => id === 'spans')?.status).toBe('proven');
  expect(status).toBe(3);
});

test.each([
  ['/pods', 'rollout', 'pods is forbidden'],
  ['/endpointslices', 'endpoint', 'endpointslices is forbidden'],
  ['/secrets/', 'environment', 'secrets is forbidden'],
  ['/proxy/', 'intake', 'proxy is forbidden'],
])('without permission for %s the hop %s is not checked', async (path, id, message) => {
  const { cell, remedy, status } = await hopWith({ refuse: [{ path, status: 403, message }] }, id);
  expect(cell).toEqual(['unchecked', expect.stringContaining(message)]);
  expect(remedy).toContain('--print-role');
  expect(status).toBe(3);
});

test('a list that expires while it is read is read anew, with every object once', async () => {
  const { objects } = clusterOf(healthySystem());
  const { url } = await fakeKubernetes({ objects }, { expirations: 2 });
  const client = clientOf(url, 2);
  let found: unknown[] = [];
  for await (const item of client.list('/api/v1/pods', 'pods', () => {
    found = [];
  })) {
    found.push(item);
  }
  expect(found).toHaveLength(objects.filter(({ kind }) => kind === 'Pod').length);
});

test('a request that the server puts off is repeated', async () => {
  const { url, requests } = await fakeKubernetes(
    { objects: [] },
    { refuse: [{ path: '/version', status: 429, retryAfter: 1 }] },
  );
  await expect(clientOf(url).get('/version', 'the version')).rejects.toThrow('has too many requests');
  expect(requests).toHaveLength(4);
});

test('a server that says nothing is given up', async () => {
  const { url } = await fakeKubernetes({ objects: [] }, { silent: '/version' });
  await expect(clientOf(url, 250, 50).get('/version', 'the version')).rejects.toThrow('does not answer in time');
});

/** Time limits of the requests of a client; here those without an answer end at once. */
async function limitsOf(paths: readonly string[]): Promise<readonly number[]> {
  const { url } = await fakeKubernetes({ objects: [] }, { silent: '/silent' });
  const { timeout } = AbortSignal;
  const limits = vi.spyOn(AbortSignal, 'timeout');
  const client = clientOf(url);
  for (const path of paths) {
    limits.mockImplementation(() =>
      path.includes('silent') ? timeout.call(AbortSignal, 1) : new AbortController().signal,
    );
    await client.text(path, 'it').catch(() => {});
  }
  return limits.mock.calls.map(([limit]) => limit);
}

test('a server that has left a request without an answer is waited for less, until it answers again', async () => {
  expect(await limitsOf(['/silent', '/silent', '/version', '/silent'])).toEqual([5000, 2000, 2000, 5000]);
});

test.each(['/pods/silent:8888/proxy/metrics', '/pods/silent/log'])(
  'the server is waited for no less where %s gets no answer',
  async (path) => {
    expect(await limitsOf([path, '/version'])).toEqual([5000, 5000]);
  },
);

test('no request writes but the questions about permissions, and no value of a Secret is printed', async () => {
  const { kubernetes, stdout } = await runVerify(healthySystem());
  const written = kubernetes.requests.filter((request) => !request.startsWith('GET '));
  expect(written.filter((request) => !request.endsWith('/selfsubjectaccessreviews'))).toEqual([]);
  expect(stdout).not.toMatch(/c2VjcmV0LXZhbHVl|secret-value|token-of-the-test/);
});

const clientOf = (server: string, pageSize = 250, timeoutMilliseconds = 5000): KubeClient =>
  new KubeClient({ connection: { server, context: 'test', options: async () => ({}) }, pageSize, timeoutMilliseconds });
