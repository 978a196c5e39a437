import { z } from 'zod';
import { ownValue } from '../../own-value.ts';
import type { Problem } from '../../problems/problem.ts';
import type { DeployContext } from '../../run/context.ts';
import { k3sJournal } from '../../run/kube/error-output.ts';
import { readJson } from '../../run/kube/read.ts';
import { runInstruction, sh } from '../../text/shell.ts';
import type { Check } from './preflight-context.ts';
import { usesCluster } from './scope.ts';
import { isOlder, parseVersion, written } from './tool-version.ts';

const condition = z.object({ type: z.string(), status: z.string(), message: z.string().optional() });
const taint = z.object({ key: z.string(), value: z.string().optional(), effect: z.string() });
const node = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({ unschedulable: z.boolean().optional(), taints: z.array(taint).optional() }).default({}),
  status: z.object({
    conditions: z.array(condition).default([]),
    nodeInfo: z.object({ architecture: z.string(), kernelVersion: z.string(), operatingSystem: z.string() }).optional(),
  }),
});

export type ClusterNode = z.output<typeof node>;
export type Taint = z.output<typeof taint>;

/** The nodes of the cluster. */
export const clusterNodes = async (context: DeployContext): Promise<ClusterNode[]> =>
  (await readJson(context, context.kubectl(['get', 'nodes', '--output=json']), z.object({ items: z.array(node) })))
    .items;

/** Architectures of the collector image. */
const architectures = ['amd64', 'arm64'];

const oldestKernel = { major: 4, minor: 18 };

const remedies: Readonly<Record<string, string>> = {
  DiskPressure: `free space on it: ${sh`sudo "$(command -v k3s)" crictl rmi --prune; sudo journalctl --vacuum-size=200M; docker system prune`}`,
  MemoryPressure: `see what uses it: ${sh`kubectl top pods --all-namespaces --sort-by=memory`}; or add memory`,
  PIDPressure: `see which programs start so many processes on it: ${sh`ps -eo comm= | sort | uniq -c | sort -n | tail`}`,
};

/** Checks that every node can run an agent. Without an agent the rollout does not end, and the spans of the node are lost. */
export const nodesCheck: Check = {
  name: 'the nodes',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async run({ context }) {
    const nodes = await clusterNodes(context);
    if (nodes.length === 0) {
      const suggestion = `on k3s, see why its agent does not start: ${k3sJournal}`;
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
          ? [`${cordoned.join(', ')} cannot receive new pods; to allow them: ${sh`kubectl uncordon ${cordoned}`}`]
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
          message: `the node ${name} is not Ready: ${ready?.message ?? 'its kubelet has not reported a status yet'}`,
          suggestion: `see why: ${sh`kubectl describe node ${name}`}; if the machine no longer exists: ${sh`kubectl delete node ${name}`}`,
        },
      ];
}

const pressure = ({ metadata: { name }, status }: ClusterNode): Problem[] =>
  status.conditions
    .filter((condition) => ownValue(remedies, condition.type) !== undefined && condition.status === 'True')
    .map(({ type, message }) => ({
      code: 'deploy/node-under-pressure',
      message: `the node ${name} has ${type} and accepts no pods${message === undefined ? '' : `: ${message}`}`,
      suggestion: ownValue(remedies, type) ?? '',
    }));

function architecture({ metadata: { name }, status: { nodeInfo } }: ClusterNode): Problem[] {
  return nodeInfo === undefined || architectures.includes(nodeInfo.architecture)
    ? []
    : [
        {
          code: 'deploy/node-architecture',
          message: `the node ${name} has the architecture ${nodeInfo.architecture}, for which the collector has no image`,
          suggestion: `keep pods away from it: ${sh`kubectl cordon ${name}`}; or use nodes with ${architectures.join(' or ')}`,
        },
      ];
}

function kernel({ metadata: { name }, status: { nodeInfo } }: ClusterNode): string[] {
  const version = parseVersion(nodeInfo?.kernelVersion ?? '');
  return version !== undefined && nodeInfo?.operatingSystem === 'linux' && isOlder(version, oldestKernel)
    ? [
        `the node ${name} has the kernel ${nodeInfo.kernelVersion}; Kubernetes supports ${written(oldestKernel)} and newer`,
      ]
    : [];
}

const nothingScheduled = (names: readonly string[]): Problem => ({
  code: 'deploy/nodes-cordoned',
  message: `no node accepts new pods: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} cordoned`,
  suggestion: runInstruction(sh`kubectl uncordon ${names}`),
});

const oldest = { major: 1, minor: 27 };

const server = z.object({ gitVersion: z.string() });
const client = z.object({ clientVersion: z.object({ gitVersion: z.string() }) });

/** Checks that the server supports the manifests and that kubectl supports the server. */
export const serverVersionCheck: Check = {
  name: 'the version of the server',
  needs: ['cluster'],
  isNeeded: usesCluster,
  async run({ context }) {
    const [{ gitVersion }, { clientVersion }] = await Promise.all([
      readJson(context, context.kubectl(['get', '--raw=/version']), server),
      readJson(context, { program: 'kubectl', args: ['version', '--client', '--output=json'] }, client),
    ]);
    const version = parseVersion(gitVersion);
    const own = parseVersion(clientVersion.gitVersion);
    if (version === undefined || own === undefined) {
      return {
        notes: [
          `the versions of the server (${gitVersion}) and of kubectl (${clientVersion.gitVersion}) were not understood`,
        ],
      };
    }
    const skewed = own.major !== version.major || Math.abs(own.minor - version.minor) > 1;
    return {
      problems: isOlder(version, oldest)
        ? [
            {
              code: 'deploy/old-cluster',
              message: `the cluster runs Kubernetes ${gitVersion}, and this system needs ${written(oldest)} or newer`,
              suggestion: 'upgrade it one minor version at a time; on k3s: https://docs.k3s.io/upgrades/manual',
            },
          ]
        : [],
      notes: skewed
        ? [
            `kubectl ${clientVersion.gitVersion} is more than one minor version away from the server's ${gitVersion}, which Kubernetes does not support; download: https://dl.k8s.io/release/${gitVersion.replace(/\+.*/, '')}/bin/linux/amd64/kubectl`,
          ]
        : [],
    };
  },
};
