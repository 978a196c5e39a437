import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureParts } from '../parts/ensure.ts';
import { groupRuns } from '../parts/live-groups.ts';
import { type Cluster, clusterParts, startCluster } from './cluster.ts';
import { installCrds, traefikCrds } from './crds.ts';
import { daemonSet, deployment, job, manifest, middleware, namespace, service, statefulSet } from './fixtures.ts';
import { succeed } from './kubectl.ts';
import { nodeNetwork } from './own-network.ts';
import { troubledImages } from './troubled-pods.ts';
import { waitFor } from './wait.ts';

const pod = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  spec: z.object({ nodeName: z.string() }),
  status: z.object({ phase: z.string(), podIP: z.string(), hostIP: z.string() }),
});
const pods = z.object({ items: z.array(pod) });
const claims = z.object({ items: z.array(z.object({ status: z.object({ phase: z.string() }) })) });

const endpoint = z.object({ nodeName: z.string(), addresses: z.array(z.string()) });
const endpointSlices = z.object({ items: z.array(z.object({ endpoints: z.array(endpoint).nullish() })) });

const workloads = manifest(namespace, deployment, statefulSet, daemonSet, service, middleware);
const directory = mkdtempSync(join(tmpdir(), 'podhost-e2e-cluster-'));
let cluster: Cluster;

const podsOf = async (app: string) => {
  const { items } = await cluster.kubectlJson(['get', 'pods', '-n', 'demo', '-l', `app=${app}`], pods);
  return items;
};
const nodeAddresses = () => Object.fromEntries(cluster.nodes.map(({ name, address }) => [name, address]));
const rolledOut = (workload: string) =>
  succeed(cluster.kubectl, ['rollout', 'status', workload, '-n', 'demo', '--timeout=30s']);

beforeAll(async () => {
  const parts = await ensureParts(clusterParts);
  cluster = await startCluster({ parts, nodes: ['node-a', 'node-b'], directory, logsOf: ['app'] });
  await installCrds(cluster, traefikCrds);
  await succeed(cluster.kubectl, ['apply', '-f', '-'], { input: workloads });
});

afterAll(async () => {
  await cluster?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a cluster of two nodes', () => {
  test('has a kubeconfig for its owner only', () => {
    expect(statSync(cluster.kubeconfig).mode & 0o777).toBe(0o600);
  });

  test('rolls out a Deployment over both nodes', async () => {
    await rolledOut('deployment/web');
    const web = await podsOf('web');
    expect(web.map(({ spec }) => spec.nodeName).sort()).toEqual(['node-a', 'node-b']);
  });

  test('rolls out a StatefulSet, its claims bound', async () => {
    await rolledOut('statefulset/store');
    const { items } = await cluster.kubectlJson(['get', 'pvc', '-n', 'demo'], claims);
    expect(items.map(({ status }) => status.phase)).toEqual(['Bound', 'Bound']);
  });

  test('runs a DaemonSet on both nodes, with their addresses', async () => {
    await rolledOut('daemonset/agent');
    const agents = await podsOf('agent');
    const addresses = Object.fromEntries(agents.map(({ spec, status }) => [spec.nodeName, status.podIP]));
    expect(addresses).toEqual(nodeAddresses());
  });

  // The API server takes no loopback address for an endpoint.
  test.runIf(nodeNetwork() !== '127.0.0')(
    'lists the nodes’ addresses as endpoints of the DaemonSet’s Service',
    async () => {
      const list = ['get', 'endpointslices', '-n', 'demo', '-l', 'kubernetes.io/service-name=agent'];
      const addresses = async () => {
        const { items } = await cluster.kubectlJson(list, endpointSlices);
        const found = items.flatMap(({ endpoints }) => endpoints ?? []).map((it) => [it.nodeName, it.addresses[0]]);
        return found.length === 2 ? Object.fromEntries(found) : undefined;
      };
      expect(await waitFor('endpoints', addresses)).toEqual(nodeAddresses());
    },
  );

  test('gives each pod an address of its own, in the range of its node', async () => {
    const all = [...(await podsOf('web')), ...(await podsOf('store'))];
    expect(new Set(all.map(({ status }) => status.podIP)).size).toBe(4);
    for (const { spec, status } of all) {
      expect(status.podIP).toMatch(spec.nodeName === 'node-a' ? /^10\.42\.0\./ : /^10\.42\.1\./);
    }
  });

  test('changes nothing on the second apply', async () => {
    const printed = await succeed(cluster.kubectl, ['apply', '-f', '-'], { input: workloads });
    const lines = printed.trim().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
  });

  test('completes a Job', async () => {
    await succeed(cluster.kubectl, ['apply', '-f', '-'], { input: manifest(job) });
    await succeed(cluster.kubectl, ['wait', '--for=condition=Complete', 'job/migrate', '-n', 'demo', '--timeout=30s']);
  });

  test('replaces a deleted pod by another', async () => {
    const [before] = await podsOf('web');
    await succeed(cluster.kubectl, ['delete', 'pod', '-n', 'demo', before?.metadata.name ?? '']);
    // A status that the controller has not written anew yet says that all is rolled out.
    const after = await waitFor('the next pod', async () => {
      const running = await podsOf('web');
      return running.length === 2 && !running.some(({ metadata }) => metadata.name === before?.metadata.name)
        ? running
        : undefined;
    });
    expect(new Set(after.map(({ status }) => status.podIP)).size).toBe(2);
  });

  test('refuses what the namespace’s pod security level does not allow', async () => {
    // With its label from the first moment: the server looks at its own copy of a namespace, which lags behind.
    const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
    const strict = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'strict', labels } };
    await succeed(cluster.kubectl, ['create', '-f', '-'], { input: manifest(strict) });
    const hostPod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'host', namespace: 'strict' },
      spec: daemonSet.spec.template.spec,
    };
    const { stderr, exitCode } = await cluster.kubectl(['apply', '-f', '-'], { input: manifest(hostPod) });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('violates PodSecurity "baseline');
  });

  test('grants a service account only what its roles say', async () => {
    const kubeconfig = await cluster.kubeconfigOf({ namespace: 'demo', name: 'default' });
    const listPods = () => cluster.kubectl(['get', 'pods', '-A', '--kubeconfig', kubeconfig]);
    expect((await listPods()).stderr).toContain('Forbidden');
    await succeed(cluster.kubectl, ['create', 'clusterrole', 'see-pods', '--verb=list', '--resource=pods']);
    const binding = ['--clusterrole=see-pods', '--serviceaccount=demo:default'];
    await succeed(cluster.kubectl, ['create', 'clusterrolebinding', 'see-pods', ...binding]);
    // The server learns of a binding a moment after it is written.
    await waitFor('the right', async () => (await listPods()).exitCode === 0 || undefined);
  });

  test('shows what a container has said, by the node that its pod is on', async () => {
    const log = ['logs', 'deployment/web', '-n', 'demo', '--tail=2'];
    expect(await succeed(cluster.kubectl, log)).toBe('');
    cluster.logs.say('app', 'one', 'two', 'three');
    expect(await succeed(cluster.kubectl, log)).toBe('two\nthree\n');
    cluster.logs.forget('app');
    expect(await succeed(cluster.kubectl, log)).toBe('');
  });

  test.each([
    [troubledImages.crashing, 'CrashLoopBackOff 1'],
    [troubledImages.absent, 'ImagePullBackOff '],
  ])('never has a pod of the image %s ready', async (image, told) => {
    const metadata = { name: told.slice(0, 5).toLowerCase(), namespace: 'demo' };
    const troubled = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app', image }] } };
    await succeed(cluster.kubectl, ['apply', '-f', '-'], { input: manifest(troubled) });
    const status = '.status.containerStatuses[0]';
    const path = `{${status}.state.waiting.reason} {${status}.lastState.terminated.exitCode}`;
    const query = ['get', 'pod', metadata.name, '-n', 'demo', `--output=jsonpath=${path}`];
    await waitFor(told, async () => (await succeed(cluster.kubectl, query)) === told || undefined);
    await succeed(cluster.kubectl, ['delete', 'pod', metadata.name, '-n', 'demo']);
  });

  test('removes volumes with their claims', async () => {
    await succeed(cluster.kubectl, ['delete', 'statefulset,pvc', '--all', '-n', 'demo']);
    await succeed(cluster.kubectl, ['wait', '--for=delete', 'pv', '--all', '--timeout=30s']);
  });

  test('leaves no process behind when it stops', async () => {
    const leaders = cluster.processes.map(({ pid }) => pid);
    expect(leaders).toHaveLength(5);
    expect(leaders.every(groupRuns)).toBe(true);
    await cluster.stop();
    expect(leaders.filter(groupRuns)).toEqual([]);
  });
});
