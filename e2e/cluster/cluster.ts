import type { PartName, Parts } from '../parts/ensure.ts';
import type { RunningProcess } from '../parts/process.ts';
import { versions } from '../parts/versions.ts';
import { startApiServer } from './apiserver.ts';
import { type ContainerLogs, createContainerLogs } from './container-logs.ts';
import { startControllers } from './controllers.ts';
import { createCredentials } from './credentials.ts';
import { startEtcd } from './etcd.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { createKubectl, type Kubectl, succeed } from './kubectl.ts';
import { type ClusterNode, nodeObject, planNodes } from './nodes.ts';
import { nodeNetwork } from './own-network.ts';
import { freePorts, isOpen } from './ports.ts';
import { type ServiceAccountName, serviceAccountKubeconfig } from './service-account.ts';
import { storageClass } from './storage.ts';
import { waitFor } from './wait.ts';
import { createWorkspace } from './workspace.ts';

export const clusterParts = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'kwok',
] as const satisfies readonly PartName[];

export interface ClusterOptions {
  readonly parts: Parts<(typeof clusterParts)[number]>;
  readonly nodes: readonly string[];
  /** For state, credentials and logs, in a folder of the cluster's own below it. */
  readonly directory: string;
  /**
   * Names of containers that will have something in their logs.
   *
   * @default - all logs are empty
   */
  readonly logsOf?: readonly string[];
}

export interface Cluster extends Kubectl {
  /** Of an administrator, readable by its owner only. */
  readonly kubeconfig: string;
  readonly url: string;
  readonly etcdUrl: string;
  readonly nodes: readonly ClusterNode[];
  readonly processes: readonly RunningProcess[];
  /** What `kubectl logs` shows. */
  readonly logs: Pick<ContainerLogs, 'say' | 'forget' | 'fileOf'>;
  /** Writes a kubeconfig with the rights of a service account and returns its path. */
  kubeconfigOf(serviceAccount: ServiceAccountName): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a control plane on free loopback ports; returns when its nodes are ready for pods. */
export async function startCluster({ parts, nodes: names, directory, logsOf = [] }: ClusterOptions): Promise<Cluster> {
  const workspace = createWorkspace(directory);
  const credentials = createCredentials(workspace);
  const [clientPort = 0, peerPort = 0, port = 0, kubeletPort = 0] = await freePorts(4);
  const logs = createContainerLogs(workspace.file('container-logs'), logsOf);
  const nodes = planNodes(names, nodeNetwork());
  const { processes } = workspace;

  const stop = async () => {
    // Last started, first stopped: nobody is left to complain of a server that is gone.
    for (const process of processes.toReversed()) await process.stop();
    await waitFor('the closing of the API server', async () => !(await isOpen(port)) || undefined);
  };
  try {
    const etcd = await startEtcd(parts.etcd, workspace, clientPort, peerPort);
    const server = await startApiServer(workspace, { command: parts['kube-apiserver'], port, etcd, credentials });
    const { url, certificateAuthority } = server;
    const admin = { server: url, certificateAuthority, token: credentials.adminToken };
    const kubeconfig = writeKubeconfig(workspace.file('kubeconfig'), admin);
    const client = createKubectl(parts.kubectl, kubeconfig, workspace.file('kubectl-cache'));
    const kubelet = { port: kubeletPort, logs };
    startControllers(workspace, { parts, kubeconfig, certificateAuthority, credentials, kubelet });

    const objects = [storageClass, ...nodes.map((node) => nodeObject(node, versions.kubernetes, kubeletPort))];
    await succeed(client.kubectl, ['create', '-f', '-'], {
      input: objects.map((it) => JSON.stringify(it)).join('\n---\n'),
    });
    await waitFor('ready nodes', () => ready(client), { needs: processes });
    return {
      ...client,
      kubeconfig,
      url,
      etcdUrl: etcd.url,
      nodes,
      processes,
      logs,
      kubeconfigOf: (account) => serviceAccountKubeconfig(workspace, client.kubectl, server, account),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nodes take pods, and the controllers have given the first namespace its service account. */
async function ready({ kubectl }: Kubectl): Promise<true> {
  await succeed(kubectl, ['wait', '--for=condition=Ready', '--timeout=1s', 'nodes', '--all']);
  await succeed(kubectl, ['get', 'serviceaccount', 'default', '--namespace', 'default']);
  return true;
}
