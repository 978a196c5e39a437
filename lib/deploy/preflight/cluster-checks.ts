import type { Problem } from '../../problems/problem.ts';
import { k3sJournal } from '../../provision/k3s-command.ts';
import { run, sh } from '../../text/shell.ts';
import type { Check } from './check.ts';
import { type ClusterNode, clusterNodes } from './nodes.ts';
import { usesCluster } from './scope.ts';
import { isOlder, parseVersion, written } from './version.ts';

/** The images of the collector are made for these. */
const architectures = ['amd64', 'arm64'];

const oldestKernel = { major: 4, minor: 18 };

const mends: Readonly<Record<string, string>> = {
  DiskPressure: `free space on it: ${sh`sudo "$(command -v k3s)" crictl rmi --prune; sudo journalctl --vacuum-size=200M; docker system prune`}`,
  MemoryPressure: `see what takes it: ${sh`kubectl top pods --all-namespaces --sort-by=memory`}; or give the machine more`,
  PIDPressure: `see what starts so many processes on it: ${sh`ps -eo comm= | sort | uniq -c | sort -n | tail`}`,
};

/** Every node can run an agent: one that cannot holds up the rollout, and its spans are lost. */
export const nodesCheck: Check = {
  name: 'the nodes',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async look({ context }) {
    const nodes = await clusterNodes(context);
    if (nodes.length === 0) {
      const suggestion = `on k3s, look why its agent does not start: ${k3sJournal}`;
      return { problems: [{ code: 'deploy/no-node', message: 'the cluster has no node', suggestion }] };
    }
    const cordoned = nodes.filter(({ spec }) => spec.unschedulable === true).map(({ metadata }) => metadata.name);
    return {
      problems: [
        ...nodes.flatMap((node) => [...notReady(node), ...pressure(node), ...architecture(node)]),
        ...(cordoned.length === nodes.length ? [nothingScheduled(cordoned)] : []),
      ],
      notes: [
        ...nodes.flatMap(kernel),
        ...(cordoned.length > 0 && cordoned.length < nodes.length
          ? [`no new pods come to ${cordoned.join(', ')}; to let them: ${sh`kubectl uncordon ${cordoned}`}`]
          : []),
      ],
    };
  },
};

function notReady({ metadata: { name }, status }: ClusterNode): Problem[] {
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  return ready?.status === 'True'
    ? []
    : [
        {
          code: 'deploy/node-not-ready',
          message: `the node ${name} is not Ready: ${ready?.message ?? 'its kubelet has not said anything yet'}`,
          suggestion: `see why: ${sh`kubectl describe node ${name}`}; should it be gone for good: ${sh`kubectl delete node ${name}`}`,
        },
      ];
}

const pressure = ({ metadata: { name }, status }: ClusterNode): Problem[] =>
  status.conditions
    .filter((condition) => condition.type in mends && condition.status === 'True')
    .map(({ type, message }) => ({
      code: 'deploy/node-under-pressure',
      message: `the node ${name} has ${type} and takes no pods${message === undefined ? '' : `: ${message}`}`,
      suggestion: mends[type] ?? '',
    }));

function architecture({ metadata: { name }, status: { nodeInfo } }: ClusterNode): Problem[] {
  return nodeInfo === undefined || architectures.includes(nodeInfo.architecture)
    ? []
    : [
        {
          code: 'deploy/node-architecture',
          message: `the node ${name} is ${nodeInfo.architecture}, for which there is no image of the collector`,
          suggestion: `keep pods away from it: ${sh`kubectl cordon ${name}`}; or use nodes of ${architectures.join(' or ')}`,
        },
      ];
}

function kernel({ metadata: { name }, status: { nodeInfo } }: ClusterNode): string[] {
  const version = parseVersion(nodeInfo?.kernelVersion ?? '');
  return version !== undefined && nodeInfo?.operatingSystem === 'linux' && isOlder(version, oldestKernel)
    ? [
        `the node ${name} has the kernel ${nodeInfo.kernelVersion}; Kubernetes is not tested on any before ${written(oldestKernel)}`,
      ]
    : [];
}

const nothingScheduled = (names: readonly string[]): Problem => ({
  code: 'deploy/nodes-cordoned',
  message: `no node takes new pods: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} cordoned`,
  suggestion: run(sh`kubectl uncordon ${names}`),
});
