import { expect, test } from 'vitest';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { changeObjects } from './support/changes.ts';
import { ago, healthySystem, type TestSystem } from './support/healthy-system.ts';
import { type RunVerifyProps, runVerify, startVerify } from './support/run-verify.ts';

withoutSleeps();

const podNames = (system: TestSystem): string[] =>
  system.objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata.name);

/** The checks of one optional hop of the first service. */
async function checksOf(id: 'kubelet' | 'catalogue', change: (system: TestSystem) => void, props: RunVerifyProps = {}) {
  const system = healthySystem();
  change(system);
  const { printed, status, kubernetes } = await runVerify(system, { ...props, args: [`--${id}`] });
  const cell = printed.rows[0]?.hops.find((hop) => hop.id === id);
  return { status, kubernetes, checks: cell?.checks.map((check) => [check.status, check.message, check.remedy]) ?? [] };
}

test('the kubelets have the pods of a service, and each is read once', async () => {
  const { checks, status, kubernetes } = await checksOf('kubelet', () => {});
  expect(checks).toEqual([['proven', 'the kubelets have CPU and memory of all 2 pods', undefined]]);
  expect(kubernetes.requests.filter((request) => request.includes('/stats/summary'))).toHaveLength(2);
  expect(status).toBe(0);
});

test('a pod that runs for long and that the kubelet does not measure breaks the hop', async () => {
  const { checks, status } = await checksOf('kubelet', (system) => {
    system.unmeasured = ['api-gateway-abc12-0xyz'];
  });
  expect([status, checks[0]?.slice(0, 2)]).toEqual([
    1,
    ['broken', 'the kubelet has no statistics of 1 of 2 pods (api-gateway-abc12-0xyz)'],
  ]);
});

test('a pod that has only started need not be measured yet', async () => {
  const { checks, status } = await checksOf('kubelet', (system) => {
    system.unmeasured = ['api-gateway-abc12-0xyz'];
    changeObjects('Pod', 'api-gateway-abc12-0xyz', ({ metadata }) => {
      Object.assign(metadata, { creationTimestamp: ago(5000) });
    })(system);
  });
  expect([status, checks[0]?.[0]]).toEqual([3, 'transition']);
});

test('without the permission nodes/proxy the statistics are not checked', async () => {
  const kubernetes = { refuse: [{ path: '/stats/summary', status: 403, message: 'nodes/proxy is forbidden' }] };
  const { checks, status } = await checksOf('kubelet', () => {}, { kubernetes });
  expect([status, checks[0]]).toEqual([
    3,
    [
      'unchecked',
      expect.stringContaining('nodes/proxy is forbidden'),
      expect.stringContaining('--print-role --kubelet'),
    ],
  ]);
});

test('the catalogue lists a service and its pods', async () => {
  const { checks, status } = await checksOf('catalogue', (system) => {
    system.catalogue = { ENTITY_TYPE_SERVICE: ['api-gateway', 'query-service'], ENTITY_TYPE_K8S_POD: podNames(system) };
  });
  expect([status, checks.map(([state]) => state)]).toEqual([0, ['proven', 'proven']]);
});

test.each<[name: string, catalogue: TestSystem['catalogue'], message: string]>([
  ['a key that may not read it', undefined, 'the catalogue of Coralogix was not read: the key has no permission'],
  [
    'lists that are empty',
    { ENTITY_TYPE_SERVICE: [], ENTITY_TYPE_K8S_POD: [] },
    'the catalogue does not list api-gateway',
  ],
])('of a catalogue with %s nothing is known, and nothing is broken', async (_, catalogue, message) => {
  const { checks, status } = await checksOf('catalogue', (system) => {
    if (catalogue !== undefined) {
      system.catalogue = catalogue;
    }
  });
  expect([status, checks[0]?.slice(0, 2)]).toEqual([3, ['unchecked', expect.stringContaining(message)]]);
});

test('nothing is asked for the hops whose options are missing, also not permissions', async () => {
  const { run, kubernetes } = await startVerify(healthySystem());
  const { stdout } = await run('--format', 'json');
  expect(kubernetes.requests.filter((request) => request.includes('/stats/summary'))).toEqual([]);
  expect(stdout).not.toContain('catalogue/');
  expect((await run('--print-role')).stdout).not.toContain('nodes/proxy');
  expect((await run('--print-role', '--kubelet')).stdout).toContain('nodes/proxy');
});
