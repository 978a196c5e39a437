import { readFileSync } from 'node:fs';
import type { Cluster } from '../cluster/cluster.ts';
import { isOpen } from '../cluster/ports.ts';
import { waitFor } from '../cluster/wait.ts';
import { type RunningProcess, start } from '../parts/process.ts';

export interface RestartableServer {
  /** Ends it without a chance to clean up; returns when its port is closed. */
  kill(): Promise<void>;
  /** Starts it as it was; returns when it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The API server of a cluster, to be killed under the feet of others. */
export function restartableServer({ processes, url, kubectl }: Cluster): RestartableServer {
  const found = processes.find(({ command }) => command.endsWith('/kube-apiserver'));
  if (found === undefined) throw new Error('the cluster has no kube-apiserver');
  let server: RunningProcess = found;
  const [command = '', ...args] = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
  const port = Number(new URL(url).port);
  return {
    async kill() {
      server.kill('SIGKILL');
      await server.exited;
      await waitFor('the closing of the API server', async () => !(await isOpen(port)) || undefined);
    },
    async restart() {
      server = start(command, args, { log: server.log });
      const ready = async () => (await kubectl(['get', '--raw=/readyz'])).exitCode === 0 || undefined;
      await waitFor('the API server', ready, { needs: [server] });
    },
    stop: async () => {
      await server.stop();
    },
  };
}
