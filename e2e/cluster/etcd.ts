import type { RunningProcess } from '../parts/process.ts';
import { isOpen } from './ports.ts';
import { waitFor } from './wait.ts';
import type { Workspace } from './workspace.ts';

export interface Etcd {
  readonly process: RunningProcess;
  readonly url: string;
}

export async function startEtcd(
  command: string,
  workspace: Workspace,
  clientPort: number,
  peerPort: number,
): Promise<Etcd> {
  const url = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  const process = workspace.start('etcd', command, {
    'data-dir': workspace.file('etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
  });
  await waitFor('etcd', async () => (await isOpen(clientPort)) || undefined, { needs: [process] });
  return { process, url };
}
