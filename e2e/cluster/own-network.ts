import { spawn } from 'node:child_process';
import { run } from '../parts/process.ts';

const mark = 'PODHOST_E2E_OWN_NETWORK';

/** Addresses that are this machine's own inside: of nodes, pods and Services. */
const ranges = ['10.44.0.0/24', '10.42.0.0/16', '10.43.0.0/16'];

/** First three numbers of the nodes' addresses: such as Endpoints may have, where that is possible. */
export function nodeNetwork(): string {
  return process.env[mark] ? '10.44.0' : '127.0.0';
}

/** Whether this user may have a network namespace. */
export async function canHaveOwnNetwork(): Promise<boolean> {
  const [command, ...args] = inside(['true']);
  return (await run(command, args)).exitCode === 0;
}

/**
 * Runs a command in a network of its own, where any process can take a node's or a pod's address and nothing can
 * reach the world. Returns its exit status.
 *
 * @param tell takes what the command prints, which otherwise goes where this process's own output goes
 */
export function runInOwnNetwork(command: readonly string[], tell?: (text: string) => void): Promise<number> {
  const [unshare, ...args] = inside(command);
  const output = tell === undefined ? 'inherit' : 'pipe';
  const child = spawn(unshare, args, { stdio: ['inherit', output, output], env: { ...process.env, [mark]: '1' } });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => tell?.(text));
  }
  // The terminal interrupts the whole foreground group; this end waits for the other to clean up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 128));
  });
}

function inside(command: readonly string[]): [string, ...string[]] {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const setup = ['ip link set lo up', ...ranges.map((range) => `ip route add local ${range} dev lo`), 'exec "$@"'];
  return ['unshare', ...user, '--net', 'sh', '-c', setup.join(' && '), 'sh', ...command];
}
