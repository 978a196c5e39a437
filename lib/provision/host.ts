import type { z } from 'zod';
import type { SystemConfig } from '../config/schema/system.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult, CommandRunner } from '../run/command/command.ts';
import { pipeChain } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem, readJson } from '../run/kube/read.ts';
import type { Action } from '../run/step.ts';
import { type ShellText, sh } from '../text/shell.ts';
import { sshProblem } from './ssh.ts';

/** What a command of the host takes besides its words. */
export type MoreOnHost = Pick<Command, 'env' | 'timeoutSeconds'>;

/** A command that runs where k3s runs. */
export const onHost = (program: string, args: readonly string[], more: MoreOnHost = {}): Command => ({
  program,
  args,
  on: 'host',
  ...more,
});

/** A command as root. Nobody is there to type a password. */
export const asRoot = (args: readonly string[], more: MoreOnHost = {}): Command =>
  onHost('sudo', ['-n', ...args], more);

/** A few lines for the POSIX shell of the host; `$1` and so on are the arguments. */
export const hostScript = (script: ShellText, args: readonly string[] = [], more: MoreOnHost = {}): Command =>
  onHost('sh', ['-c', String(script), 'podhost', ...args], more);

/**
 * What a command of the host prints.
 *
 * @throws PodhostError that tells what to do
 */
export async function hostText(context: DeployContext, command: Command): Promise<string> {
  const result = await context.runner.run(command);
  if (result.exitStatus !== 0) {
    throw new PodhostError([await hostProblem(context, command, result)], 3);
  }
  return result.stdout;
}

/**
 * What a command of the host prints as JSON, as a typed value.
 *
 * @throws PodhostError that tells what to do
 */
export async function hostJson<T>(context: DeployContext, command: Command, shape: z.ZodType<T>): Promise<T> {
  const stdout = await hostText(context, command);
  const printed: CommandRunner = { run: async () => ({ exitStatus: 0, stdout, stderr: '', milliseconds: 0 }) };
  return readJson({ runner: printed }, command, shape);
}

/** Says why a command of the host failed. */
export const explainOnHost =
  (context: DeployContext): NonNullable<Action['explain']> =>
  (command, result) =>
    hostProblem(context, command, result);

/** What is behind the failure of a command of the host; otherwise what the command says. */
export async function hostProblem(context: DeployContext, command: Command, result: CommandResult): Promise<Problem> {
  const { host } = context;
  const chain = pipeChain(command);
  const isRemote = host !== undefined && chain.some(({ on }) => on === 'host');
  const connection = isRemote ? sshProblem(host, result, chain.length > 1) : undefined;
  if (connection !== undefined) {
    return connection;
  }
  const failed = commandProblem(command, result);
  const { message, details = [] } = failed;
  const place = host ?? 'this machine';
  const said = (own: string, suggestion: string): Problem => ({ ...failed, code: own, suggestion });
  if (/no space left on device|disk quota exceeded/i.test(result.stderr)) {
    return {
      code: 'deploy/disk-full',
      message: `a disk of ${place} is full; nothing that runs was touched`,
      details: [message, ...details, ...(await diskUse(context))],
      suggestion: `free space there, then run it again: ${sh`docker builder prune; docker image prune; sudo "$(command -v k3s)" crictl rmi --prune; sudo journalctl --vacuum-size=200M`}`,
    };
  }
  if (/sudo: (a password is required|a terminal is required|.*not in the sudoers)/.test(result.stderr)) {
    const rule = sh`echo "$USER ALL=(ALL) NOPASSWD:ALL" | sudo tee /etc/sudoers.d/podhost && sudo chmod 0440 /etc/sudoers.d/podhost`;
    return said('deploy/no-sudo', `let the user become root without a password; on ${place}: ${rule}`);
  }
  if (/permission denied.*docker.*sock|docker\.sock.*permission denied/i.test(result.stderr)) {
    return said('deploy/docker-denied', `on ${place}: ${sh`sudo usermod -aG docker "$USER"`}, then log in anew`);
  }
  if (/Cannot connect to the Docker daemon/.test(result.stderr)) {
    return said('deploy/docker-not-running', `on ${place}: ${sh`sudo systemctl enable --now docker`}`);
  }
  if (/docker:? (command )?not found|docker is not installed/.test(result.stderr)) {
    return said('deploy/no-docker', `on ${place}: ${sh`sudo apt-get install docker.io`}`);
  }
  return failed;
}

/** Where images, layers and temporary files go; a folder that is not there counts for the one above. */
const folders = ['/', '/var/lib/docker', '/var/lib/rancher', '/tmp'];

/** How full the disks of the host are, as indented lines of `df`. */
export async function diskUse({ runner }: Pick<DeployContext, 'runner'>): Promise<string[]> {
  // df fails when one folder is not there, and shows the others.
  const { stdout } = await runner.run(hostScript(sh`df -hP "$@" 2>/dev/null`, folders));
  return [...new Set(stdout.split('\n'))].filter((line) => line !== '').map((line) => `    ${line}`);
}

/** Ports of the node that k3s and the collector's agent take. */
const always = [
  [80, 'Traefik, http'],
  [443, 'Traefik, https'],
  [4317, 'the agent, OTLP over gRPC'],
  [4318, 'the agent, OTLP over HTTP'],
  [6443, 'the API server'],
  [10250, 'the kubelet'],
] as const;

/** Ports of the node that a system needs, and what for. */
export const neededPorts = ({ services }: SystemConfig): ReadonlyMap<number, string> =>
  new Map<number, string>([
    ...always,
    ...services.flatMap(({ name, nodePort }) => (nodePort === undefined ? [] : ([[nodePort, name]] as const))),
  ]);
