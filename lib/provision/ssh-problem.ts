import type { Problem } from '../problems/problem.ts';
import type { CommandResult } from '../run/command/command.ts';
import { sh } from '../text/shell.ts';
import { writtenAddress } from './host-address.ts';

interface Failure {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: (host: string) => string;
  readonly suggestion: (host: string) => string;
}

const fingerprint = sh`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`;

/** What ssh says, the more telling first: a changed key is an unverified one as well. */
const failures: readonly Failure[] = [
  {
    code: 'deploy/changed-host-key',
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED|REVOKED HOST KEY|^Host key for .* has changed/m,
    message: (host) =>
      `the key of ${host} is not the one that this machine knows: it is another machine, or a new system`,
    suggestion: (host) =>
      `find out from whoever runs the host why its key changed; only when its console shows the same fingerprint (${fingerprint}), remove the old key: ${sh`ssh-keygen -R ${writtenAddress(host)}`}`,
  },
  {
    code: 'deploy/unknown-host-key',
    pattern: /^Host key verification failed|^No \S+ host key is known/m,
    message: (host) => `the key of ${host} is not known to this machine, so it could be any machine`,
    suggestion: (host) =>
      `run once by hand: ${sh`ssh -- ${host}`}, and answer yes when the fingerprint is that of the host (its console: ${fingerprint}); without a terminal, compare ${sh`ssh-keyscan -- ${writtenAddress(host)} | ssh-keygen -lf -`} and append the scan to ~/.ssh/known_hosts`,
  },
  {
    code: 'deploy/ssh-denied',
    pattern: /Permission denied \(|Too many authentication failures|no longer valid|Permissions .* are too open/,
    message: (host) => `${host} lets this user in with none of the keys that ssh has`,
    suggestion: (host) =>
      `load the key into the agent: ${sh`ssh-add`}; or put the public one there: ${sh`ssh-copy-id ${host}`}; then this must print ok: ${sh`ssh -o BatchMode=yes -- ${host} echo ok`}`,
  },
  {
    code: 'deploy/unknown-host-name',
    pattern: /Could not resolve hostname/,
    message: (host) => `there is no host of the name ${writtenAddress(host)}`,
    suggestion: () => 'correct deploy.host or --host; a port or a short name goes into ~/.ssh/config',
  },
  {
    code: 'deploy/host-refused',
    pattern: /Connection refused/,
    message: (host) => `${writtenAddress(host)} is there, but no ssh server listens on the port`,
    suggestion: () =>
      `start it on the host: ${sh`sudo systemctl enable --now ssh`}; another port goes into ~/.ssh/config`,
  },
  {
    code: 'deploy/host-unreachable',
    pattern: /timed out|No route to host|Network is unreachable|not responding/,
    message: (host) => `${writtenAddress(host)} does not answer`,
    suggestion: (host) => `look whether it runs, and whether a firewall lets port 22 through: ${sh`ssh -v -- ${host}`}`,
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
    .map((line) => `    ${line.trim()}`);
  return {
    code: failure?.code ?? 'deploy/ssh-failed',
    message: failure?.message(host) ?? `ssh to ${host} broke off`,
    ...(said.length > 0 && { details: said }),
    suggestion: failure?.suggestion(host) ?? `see why: ${sh`ssh -v -- ${host}`}, then run the deployment again`,
  };
}
