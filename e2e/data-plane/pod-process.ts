import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningProcess, start } from '../parts/process.ts';
import type { Pod } from './pods.ts';

const script = fileURLToPath(new URL('pod-network.sh', import.meta.url));

export interface PodProcessOptions {
  readonly command: readonly string[];
  /** Exactly this, and nothing of the environment of the tests. */
  readonly env: ReadonlyMap<string, string>;
  /** For its log and configuration. */
  readonly folder: string;
}

/** Runs a command as a container in the network of the nodes, where pods can listen: only the host name is its own. */
export function startOnNode(pod: Pod, { command, env, folder }: PodProcessOptions): RunningProcess {
  const hostName = pod.spec.hostNetwork ? pod.spec.nodeName : pod.metadata.name;
  const setup = ['--uts', '--', 'sh', '-c', 'hostname "$0" && exec "$@"', hostName];
  return start('unshare', [...setup, ...withEnvironment(env, command)], { log: logIn(folder) });
}

/** Runs a command as a container of a pod: what it sends comes from the pod's address, and it knows these hosts only. */
export function startInPod(
  pod: Pod,
  hosts: Readonly<Record<string, string>>,
  { command, env, folder }: PodProcessOptions,
): RunningProcess {
  const log = logIn(folder);
  const lines = Object.entries({ localhost: '127.0.0.1', [pod.metadata.name]: pod.status.podIP, ...hosts });
  writeFileSync(join(folder, 'hosts'), lines.map(([name, address]) => `${address} ${name}\n`).join(''));
  // Nobody answers there, at once: other names do not exist.
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  const link = `pod${randomBytes(5).toString('hex')}`;
  const network = [script, pod.status.podIP, link, String(process.pid), folder, pod.metadata.name];
  const namespaces = ['--net', '--mount', '--uts', '--', 'sh', ...network];
  return start('unshare', [...namespaces, ...withEnvironment(env, command)], { log });
}

const withEnvironment = (env: ReadonlyMap<string, string>, command: readonly string[]): string[] => [
  'env',
  '-i',
  ...[...env].map(([name, value]) => `${name}=${value}`),
  ...command,
];

function logIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, 'log');
}
