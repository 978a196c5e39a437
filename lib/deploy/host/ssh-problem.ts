import type { Problem } from '../../problems/problem.ts';
import type { CommandResult } from '../command/command.ts';

interface Failure {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (host: string) => string;
  readonly suggestion: (host: string) => string;
}

/** What ssh says, the more telling first: a changed key is an unverified one as well. */
const failures: readonly Failure[] = [
  {
    code: 'deploy/changed-host-key',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY|^Host key for .* has changed/m,
    message: (host) =>
      `the key of ${host} is not the one that this machine knows: it is another machine, or a new system`,
    suggestion: (host) =>
      `find out from whoever runs the host why its key changed; only when its console shows the same fingerprint (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), remove the old key: ssh-keygen -R ${address(host)}`,
  },
  {
    code: 'deploy/unknown-host-key',
    pattern: /^Host key verification failed|^No \S+ host key is known/m,
    message: (host) => `the key of ${host} is not known to this machine, so it could be any machine`,
    suggestion: (host) =>
      `run once by hand: ssh ${host}, and answer yes when the fingerprint is that of the host (its console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); without a terminal, compare ssh-keyscan ${address(host)} | ssh-keygen -lf - and append the scan to ~/.ssh/known_hosts`,
  },
  {
    code: 'deploy/ssh-denied',
    pattern:
      /Permission denied \(|Too many authentication failures|no longer valid|Permissions \d{3,5} for .{1,300} are too open/,
    message: (host) => `${host} lets this user in with none of the keys that ssh has`,
    suggestion: (host) =>
      `load the key into the agent: ssh-add; or put the public one there: ssh-copy-id ${host}; then this must print ok: ssh -o BatchMode=yes ${host} echo ok`,
  },
  {
    code: 'deploy/unknown-host-name',
    pattern: /Could not resolve hostname/,
    message: (host) => `there is no host of the name ${address(host)}`,
    suggestion: () => 'correct deploy.host or --host; a port or a short name goes into ~/.ssh/config',
  },
  {
    code: 'deploy/host-refused',
    pattern: /Connection refused/,
    message: (host) => `${address(host)} is there, but no ssh server listens on the port`,
    suggestion: () => 'start it on the host: sudo systemctl enable --now ssh; another port goes into ~/.ssh/config',
  },
  {
    code: 'deploy/host-unreachable',
    pattern: /timed out|No route to host|Network is unreachable|not responding/,
    message: (host) => `${address(host)} does not answer`,
    suggestion: (host) => `look whether it runs, and whether a firewall lets port 22 through: ssh -v ${host}`,
  },
];

/**
 * Why a command could not be run on the host, and what to do next.
 *
 * @param isPiped whether the status may be that of a command which waited in vain for what ssh would print
 * @returns undefined when it was run, and what failed is the command
 */
export function sshProblem(
  host: string,
  { exitStatus, stderr }: Pick<CommandResult, 'exitStatus' | 'stderr'>,
  isPiped = false,
): Problem | undefined {
  const failure = failures.find(({ pattern }) => pattern.test(stderr));
  if (exitStatus !== 255 && (!isPiped || failure === undefined)) {
    return undefined;
  }
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^@+/.test(line))
    .slice(-3)
    .map((line) => `\n    ${line.trim()}`)
    .join('');
  return {
    code: failure?.code ?? 'deploy/ssh-failed',
    message: `${failure?.message(host) ?? `ssh to ${host} broke off`}${said}`,
    suggestion: failure?.suggestion(host) ?? `see why: ssh -v ${host}, then run the deployment again`,
  };
}

const address = (host: string): string => host.slice(host.indexOf('@') + 1);
