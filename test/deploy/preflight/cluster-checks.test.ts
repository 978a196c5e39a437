import { describe, expect, test } from 'vitest';
import { nodesCheck, serverVersionCheck } from '../../../lib/deploy/preflight/cluster-checks.ts';
import { codes, findings } from './answers.ts';

const ready = { type: 'Ready', status: 'True' };
const nodeInfo = { architecture: 'amd64', kernelVersion: '6.1.0', operatingSystem: 'linux' };
const node = (name: string, { conditions = [ready], info = nodeInfo, spec = {} } = {}) => ({
  metadata: { name },
  spec,
  status: { conditions, nodeInfo: info },
});
const with_ = (...items: readonly object[]) => ({ answers: { 'kubectl get nodes': { items } } });

describe('the check of the nodes', () => {
  test('is content with a node that is ready', async () => {
    expect(await findings(nodesCheck)).toEqual({ problems: [], notes: [] });
  });

  test('wants one at all', async () => {
    expect(await codes(nodesCheck, with_())).toEqual(['deploy/no-node']);
  });

  test('names each that is not ready, in its own words', async () => {
    const conditions = [{ type: 'Ready', status: 'False', message: 'container runtime is down' }];
    const { problems = [] } = await findings(nodesCheck, with_(node('a'), node('b', { conditions })));
    expect(problems.map(({ message }) => message)).toEqual(['the node b is not Ready: container runtime is down']);
  });

  test('a node under pressure is reported with a suggestion', async () => {
    const conditions = [ready, { type: 'DiskPressure', status: 'True', message: 'kubelet has disk pressure' }];
    const { problems = [] } = await findings(nodesCheck, with_(node('a', { conditions })));
    expect(problems[0]).toMatchObject({
      message: 'the node a has DiskPressure and accepts no pods: kubelet has disk pressure',
      suggestion: expect.stringMatching(/^free space on it: /),
    });
  });

  test('refuses machines that there is no image for', async () => {
    const info = { ...nodeInfo, architecture: 's390x' };
    expect(await codes(nodesCheck, with_(node('a', { info })))).toEqual(['deploy/node-architecture']);
  });

  test('notes an old kernel', async () => {
    const info = { ...nodeInfo, kernelVersion: '3.10.0-1160.el7.x86_64' };
    const { problems, notes } = await findings(nodesCheck, with_(node('a', { info })));
    expect(problems).toEqual([]);
    expect(notes?.[0]).toMatch(/^the node a has the kernel 3.10.0-1160/);
  });

  test('refuses a cluster of cordoned nodes, and notes a single one', async () => {
    const cordoned = node('b', { spec: { unschedulable: true } });
    expect(await codes(nodesCheck, with_(cordoned))).toEqual(['deploy/nodes-cordoned']);
    expect((await findings(nodesCheck, with_(node('a'), cordoned))).notes).toEqual([
      'b cannot receive new pods; to allow them: kubectl uncordon b',
    ]);
  });
});

describe('the check of the version', () => {
  const of = (gitVersion: string) =>
    findings(serverVersionCheck, { answers: { 'kubectl get --raw=/version': { gitVersion } } });

  test('a server of today is fine', async () => {
    expect(await of('v1.34.4+k3s1')).toEqual({ problems: [], notes: [] });
  });

  test('a server that is too old is reported', async () => {
    const { problems = [] } = await of('v1.26.15+k3s1');
    expect(problems[0]?.message).toBe('the cluster runs Kubernetes v1.26.15+k3s1, and this system needs 1.27 or newer');
  });

  test('a kubectl that is far from the server is worth a note', async () => {
    const { problems, notes } = await of('v1.31.0');
    expect(problems).toEqual([]);
    expect(notes?.[0]).toMatch(/^kubectl v1.34.4 is more than one minor version away from the server's v1.31.0/);
  });
});
