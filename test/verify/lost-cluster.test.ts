import { expect, test } from 'vitest';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { changeObjects, removeObjects, setIn } from './support/changes.ts';
import type { Behaviour } from './support/fake-kubernetes.ts';
import { healthySystem, type TestSystem } from './support/healthy-system.ts';
import { runVerify } from './support/run-verify.ts';

withoutSleeps();

const args = ['--no-coralogix'];

/** Statements that are refuted, each with the hop, where nothing is wrong but the API server. */
async function refuted(kubernetes: Behaviour, system: TestSystem = healthySystem()) {
  const run = await runVerify(system, { kubernetes, args });
  const wrong = run.printed.rows.flatMap(({ name, hops }) =>
    hops.flatMap(({ id, checks }) =>
      checks
        .filter(({ status }) => status === 'broken' || status === 'transition')
        .map(({ message }) => `${name} ${id}: ${message}`),
    ),
  );
  return { ...run, wrong };
}

test('a service that is scaled to 0 replicas refutes nothing, and proves nothing of its pods', async () => {
  const system = healthySystem();
  changeObjects('Deployment', 'api-gateway', (object) => {
    setIn(object, ['spec', 'replicas'], 0);
    setIn(object, ['status'], { observedGeneration: 1 });
  })(system);
  removeObjects('Pod', 'api-gateway')(system);
  const { printed, status, wrong } = await refuted({}, system);
  expect(wrong).toEqual([]);
  const open = printed.rows.flatMap(({ name, hops }) =>
    hops.filter((hop) => hop.status === 'unchecked').map(({ id }) => `${name} ${id}`),
  );
  expect(open).toEqual(['rollout', 'environment', 'endpoint', 'intake'].map((id) => `api-gateway ${id}`));
  expect(status).toBe(3);
});

const resources = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'services',
  'configmaps',
  'secrets',
  'nodes',
  'endpointslices',
  'pods',
  'opentelemetrycollectors',
  'instrumentations',
  'selfsubjectaccessreviews',
];

test.each(resources.flatMap((resource) => [403, 500].map((status) => [resource, status] as const)))(
  'nothing is refuted where the API server answers for %s with %i',
  async (resource, status) => {
    const { wrong, status: exitStatus } = await refuted({ refuse: [{ path: `/${resource}`, status }] });
    expect(wrong).toEqual([]);
    expect([0, 3]).toContain(exitStatus);
  },
);

test.each(['dataprime-demo/', 'dataprime-demo/pods', 'coralogix/', 'coralogix/pods', 'coralogix/endpointslices'])(
  'nothing is refuted where the API server answers for nothing of %s',
  async (path) => {
    const { wrong, status } = await refuted({ refuse: [{ path: `/namespaces/${path}`, status: 500 }] });
    expect(wrong).toEqual([]);
    expect(status).toBe(3);
  },
);

test('nothing is refuted whichever answer of the API server is the last', async () => {
  const { kubernetes } = await refuted({});
  const found: string[] = [];
  for (let answers = 0; answers < kubernetes.requests.length; answers += 3) {
    const { wrong, status } = await refuted({ answers });
    found.push(
      ...wrong.map((each) => `after ${answers}: ${each}`),
      ...(status === 3 ? [] : [`after ${answers}: exit status ${status}`]),
    );
  }
  expect(found).toEqual([]);
});
