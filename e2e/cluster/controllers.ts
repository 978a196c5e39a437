import { writeFileSync } from 'node:fs';
import type { ContainerLogs } from './container-logs.ts';
import type { Credentials } from './credentials.ts';
import { nodeStages } from './node-stages.ts';
import { podStages } from './pod-stages.ts';
import { storageStages } from './storage.ts';
import type { Workspace } from './workspace.ts';

/** What all nodes share of a kubelet's own API. */
export interface Kubelet {
  readonly port: number;
  readonly logs: ContainerLogs;
}

export interface ControllersOptions {
  readonly parts: Readonly<Record<'kube-controller-manager' | 'kube-scheduler' | 'kwok', string>>;
  readonly kubeconfig: string;
  readonly certificateAuthority: string;
  readonly credentials: Credentials;
  readonly kubelet: Kubelet;
}

/** Starts what acts on the objects of the API server: the controllers, the scheduler, and kwok for the kubelets. */
export function startControllers(workspace: Workspace, options: ControllersOptions): void {
  const { parts, kubeconfig, certificateAuthority, credentials, kubelet } = options;
  const alone = { kubeconfig, 'leader-elect': false, 'secure-port': 0 };
  workspace.start('kube-controller-manager', parts['kube-controller-manager'], {
    ...alone,
    'service-account-private-key-file': credentials.serviceAccountKey,
    'root-ca-file': certificateAuthority,
    controllers: '*,-node-ipam-controller',
  });
  workspace.start('kube-scheduler', parts['kube-scheduler'], alone);
  workspace.start('kwok', parts.kwok, {
    kubeconfig,
    config: configurationFile(workspace, kubelet.logs),
    // On the address of every node; the API server asks there for logs.
    'server-address': `0.0.0.0:${kubelet.port}`,
    'manage-all-nodes': true,
    // Without a lease the controllers take a node, and all its pods, for dead after 50 seconds.
    'node-lease-duration-seconds': 40,
  });
}

function configurationFile(workspace: Workspace, { configuration }: ContainerLogs): string {
  const file = workspace.file('kwok.yaml');
  const objects = [...nodeStages, ...podStages, ...storageStages, configuration];
  writeFileSync(file, objects.map((it) => JSON.stringify(it)).join('\n---\n'));
  return file;
}
