import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { exampleSystem } from '../support/example-system.ts';
import type { ConfigChange } from '../support/system-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { operatorDefinitions } from './chart-repository.ts';
import { type DeployBed, startDeployBed } from './deployment.ts';
import { smallSystem } from './small-system.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
const CORALOGIX_API_KEY = 'cxtp_M4nM4nM4nM4nM4nM4nM4n2';
const otherKey = 'cxtp_R5oR5oR5oR5oR5oR5oR5o3';
const namespace = 'coralogix-operator-system';
const { namespace: application } = exampleSystem;

const system: ConfigChange = [
  ...smallSystem,
  [['deploy', 'operator'], { enabled: true }],
  [['objectives'], { latency: { within: '500ms' } }],
];
const promises = ['frontend-availability', 'frontend-latency', 'query-service-availability', 'query-service-latency'];

let bed: DeployBed;

const kubectl = (...args: readonly string[]) => succeed(bed.cluster.kubectl, args);
const names = async (kinds: string, where: string) =>
  (await kubectl('get', kinds, '--namespace', where, '--output=name')).split('\n').filter(Boolean);

const metadata = z.object({ uid: z.string(), resourceVersion: z.string(), generation: z.number().optional() });
const versions = async () => {
  const kinds = 'slos,alerts,deployments,secrets';
  const lists = await Promise.all(
    [application, namespace].map((where) =>
      bed.cluster.kubectlJson(
        ['get', kinds, '--namespace', where],
        z.object({ items: z.array(z.object({ metadata })) }),
      ),
    ),
  );
  // Controllers write the status of workloads; their generation tells whether anybody wrote more.
  return lists.flatMap(({ items }) => items.map((it) => it.metadata.generation ?? it.metadata.resourceVersion));
};

const variable = z.object({ name: z.string(), value: z.string().optional() });
const deployment = z.object({
  spec: z.object({
    template: z.object({ spec: z.object({ containers: z.array(z.object({ env: z.array(variable) })) }) }),
  }),
});
/** What the operator is told of where Coralogix is. */
const told = async () => {
  const { spec } = await bed.cluster.kubectlJson(
    ['get', 'deployment', 'coralogix-operator', '--namespace', namespace],
    deployment,
  );
  return spec.template.spec.containers[0]?.env.slice(0, 2);
};
const pods = async () => kubectl('get', 'pods', '--namespace', namespace, '--output=jsonpath={.items[*].metadata.uid}');

const deploy = (key = CORALOGIX_API_KEY) => bed.run(['deploy'], { CORALOGIX_API_KEY: key });
const deployed = async (key?: string) => {
  const { status, output } = await deploy(key);
  expect(output).toContain('Deployed.');
  expect(status).toBe(0);
  return output;
};

const ofOthers = {
  apiVersion: 'coralogix.com/v1alpha1',
  kind: 'SLO',
  metadata: { name: 'of-others', namespace: 'default' },
  spec: {
    name: 'of others',
    sliType: { requestBasedMetric: { goodEvents: { query: 'good' }, totalEvents: { query: 'all' } } },
    targetThresholdPercentage: '99',
    window: { timeFrame: '28d' },
  },
};

beforeAll(async () => {
  bed = await startDeployBed(folder);
  await bed.synth(system);
});

afterAll(async () => {
  await bed?.stop();
  remove();
});

describe('the preflight of a cluster without the operator', () => {
  test('tells of definitions that helm would not take over', async () => {
    const { status, output } = await deploy();
    expect(output).toContain(
      'the cluster has alerts.coralogix.com, slos.coralogix.com, which helm does not manage and cannot adopt',
    );
    expect(output).toContain('1 problem\n');
    expect(status).toBe(1);
    await kubectl('delete', '--filename', operatorDefinitions);
  });

  test('tells that nobody has given its key, and nothing of the kinds that it will bring', async () => {
    const { status, output } = await deploy('');
    expect(output).toContain(
      `the Secret coralogix-operator-secret in ${namespace} has no key CORALOGIX_API_KEY, and the environment has no variable CORALOGIX_API_KEY [deploy/no-secret-value]`,
    );
    expect(output).toContain('1 problem\n');
    expect(status).toBe(1);
  });

  test('tells of a key that is none, and does not show it', async () => {
    const key = 'sk-e2e-0a1b2c3d4e5f6g7h8i9j';
    const { status, output } = await deploy(key);
    expect(output).toMatch(/the value of CORALOGIX_API_KEY in the environment is an API key that begins with sk-/);
    expect(output).not.toContain(key);
    expect(status).toBe(1);
    expect(await kubectl('get', 'namespaces', '--output=name')).not.toMatch(/coralogix|dataprime/);
  });
});

describe('podhost deploy with the operator', () => {
  test('installs it, and then what it looks after', async () => {
    await deployed();
    expect(await names('slos', application)).toEqual(promises.map((name) => `slo.coralogix.com/${name}`));
    expect(await names('alerts', application)).toEqual(promises.map((name) => `alert.coralogix.com/${name}`));
    expect(await told()).toEqual([{ name: 'CORALOGIX_REGION', value: 'EU2' }, { name: 'CORALOGIX_DOMAIN' }]);
  });

  test('changes nothing the second time', async () => {
    const before = [await versions(), await pods()];
    const output = await deployed();
    expect(output).toContain(
      'Helm release coralogix-operator of coralogix-operator 2.1.0 in coralogix-operator-system: up to date, revision 1 has this version and these values',
    );
    expect([await versions(), await pods()]).toEqual(before);
  });

  test('tells it another region when the domain is another', async () => {
    await bed.synth([...system, [['coralogix', 'domain'], 'us2.coralogix.com']]);
    await deployed();
    expect(await told()).toEqual([{ name: 'CORALOGIX_REGION', value: 'US2' }, { name: 'CORALOGIX_DOMAIN' }]);
  });

  test('restarts it when its key is another, and nothing else', async () => {
    const before = await pods();
    const output = await deployed(otherKey);
    expect(output.match(/Restart .*: done/g)).toEqual([
      expect.stringContaining(
        `Restart deployment/coralogix-operator in ${namespace}, which started before coralogix-operator-secret changed`,
      ),
    ]);
    expect(await pods()).not.toBe(before);
  });
});

describe('podhost undeploy', () => {
  test('leaves the operator to others who need it', async () => {
    await succeed(bed.cluster.kubectl, ['apply', '--filename=-'], { input: JSON.stringify(ofOthers) });
    const { status, output } = await bed.run(['undeploy', '--yes', '--volumes']);
    expect(output).toContain(
      `This will be kept:\n  Helm release coralogix-operator in ${namespace} with its Secret: others need it: slo.coralogix.com/of-others in default`,
    );
    expect(status).toBe(0);
    expect(await names('slos,alerts', 'default')).toEqual(['slo.coralogix.com/of-others']);
    expect(await names('deployments,secrets', namespace)).toEqual(
      expect.arrayContaining(['deployment.apps/coralogix-operator', 'secret/coralogix-operator-secret']),
    );
    expect(await kubectl('get', 'namespaces', '--output=name')).not.toContain(application);
  });

  test('takes it away when nobody does, with the definitions of its kinds', async () => {
    await kubectl('delete', 'slo', 'of-others', '--namespace=default');
    const { status, output } = await bed.run(['undeploy', '--yes', '--volumes']);
    expect(output).toContain('custom resource definitions of the release: alerts.coralogix.com, slos.coralogix.com');
    expect(status).toBe(0);
    expect(await kubectl('get', 'namespaces', '--output=name')).not.toContain(namespace);
    expect(await kubectl('get', 'customresourcedefinitions', '--output=name')).not.toContain('coralogix.com');
  });
});

test('Ctrl-C while helm installs it has it taken back, and the next run completes', async () => {
  // Nobody takes its pod, so that helm waits.
  await kubectl('cordon', 'node-a', 'node-b');
  const args = ['deploy', '--only', 'secrets', 'operator', 'apply'];
  const { process, ended } = bed.start(args, { CORALOGIX_API_KEY });
  const pending = ['get', 'secrets', '--namespace', namespace, '--selector=status=pending-install', '--output=name'];
  await waitFor('helm at work', async () => (await kubectl(...pending)) !== '' || undefined, { needs: [process] });
  process.kill('SIGINT');
  const { status, output } = await ended;
  expect(output).toContain('stopped by Ctrl-C');
  expect(output).toContain('Stopped in step operator, at: Helm release coralogix-operator');
  expect(output).toContain('Completed: secrets. Not started: apply.');
  expect(status).toBe(130);
  expect(await names('deployments,secrets', namespace)).toEqual(['secret/coralogix-operator-secret']);
  await kubectl('uncordon', 'node-a', 'node-b');
  await deployed();
});
