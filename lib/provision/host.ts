import type { z } from 'zod';
import type { SystemConfig } from '../config/schema/system.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { type Command, type CommandResult, type CommandRunner, pipeChain } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem, readJson } from '../run/kube/read.ts';
import type { Action } from '../run/step.ts';
import { inOneLine } from '../text/linear-time.ts';
import { type ShellText, sh } from '../text/shell.ts';
import { sshProblem } from './ssh.ts';

/** Properties of a command of the host besides its arguments. */
type MoreOnHost = Pick<Command, 'env' | 'timeoutSeconds'>;

/** A command that runs on the host. */
export const onHost = (program: string, args: readonly string[], more: MoreOnHost = {}): Command => ({
  program,
  args,
  on: 'host',
  ...more,
});

/** A command as root, without a password prompt. */
export const asRoot = (args: readonly string[], more: MoreOnHost = {}): Command =>
  onHost('sudo', ['-n', ...args], more);

/** A script for the POSIX shell of the host; `$1` and so on are the arguments. */
export const hostScript = (script: ShellText, args: readonly string[] = [], more: MoreOnHost = {}): Command =>
  onHost('sh', ['-c', String(script), 'podhost', ...args], more);

/**
 * Returns the standard output of a command of the host.
 *
 * @throws PodhostError with a suggestion when the command fails
 */
export async function hostText(context: DeployContext, command: Command): Promise<string> {
  const result = await context.runner.run(command);
  if (result.exitStatus !== 0) {
    throw new PodhostError([await hostProblem(context, command, result)], 3);
  }
  return result.stdout;
}

/**
 * Returns the JSON output of a command of the host as a typed value.
 *
 * @throws PodhostError with a suggestion when the command fails
 */
export async function hostJson<T>(context: DeployContext, command: Command, shape: z.ZodType<T>): Promise<T> {
  const stdout = await hostText(context, command);
  const printed: CommandRunner = { run: async () => ({ exitStatus: 0, stdout, stderr: '', milliseconds: 0 }) };
  return readJson({ runner: printed }, command, shape);
}

/** Explains failed commands of the host. */
export const explainOnHost =
  (context: DeployContext): NonNullable<Action['explain']> =>
  (command, result) =>
    hostProblem(context, command, result);

/** The problem of a failed command of the host: a known cause, or the error output of the command. */
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
  const withSuggestion = (own: string, suggestion: string): Problem => ({ ...failed, code: own, suggestion });
  if (/no space left on device|disk quota exceeded/i.test(result.stderr)) {
    return {
      code: 'deploy/disk-full',
      message: `a disk of ${place} is full; running workloads were not changed`,
      details: [message, ...details, ...(await diskUse(context))],
      suggestion: `free space there, then run it again: ${sh`docker builder prune; docker image prune; sudo "$(command -v k3s)" crictl rmi --prune; sudo journalctl --vacuum-size=200M`}`,
    };
  }
  if (needsPassword(result.stderr)) {
    const rule = sh`echo "$USER ALL=(ALL) NOPASSWD:ALL" | sudo tee /etc/sudoers.d/podhost && sudo chmod 0440 /etc/sudoers.d/podhost`;
    return withSuggestion('deploy/no-sudo', `let the user become root without a password; on ${place}: ${rule}`);
  }
  if (isDockerDenied(result.stderr.toLowerCase())) {
    return withSuggestion(
      'deploy/docker-denied',
      `on ${place}: ${sh`sudo usermod -aG docker "$USER"`}, then log in again`,
    );
  }
  if (/Cannot connect to the Docker daemon/.test(result.stderr)) {
    return withSuggestion('deploy/docker-not-running', `on ${place}: ${sh`sudo systemctl enable --now docker`}`);
  }
  if (/docker:? (command )?not found|docker is not installed/.test(result.stderr)) {
    return withSuggestion('deploy/no-docker', `on ${place}: ${sh`sudo apt-get install docker.io`}`);
  }
  return failed;
}

/** Folders of images, layers and temporary files. */
const folders = ['/', '/var/lib/docker', '/var/lib/rancher', '/tmp'];

/** Disk usage of the host as indented lines of `df`. */
async function diskUse({ runner }: Pick<DeployContext, 'runner'>): Promise<string[]> {
  // df fails when one folder does not exist, but prints the others.
  const { stdout } = await runner.run(hostScript(sh`df -hP "$@" 2>/dev/null`, folders));
  return [...new Set(stdout.split('\n'))].filter((line) => line !== '').map((line) => `    ${line}`);
}

/** Host ports of k3s and the agent. */
const always = [
  [80, 'Traefik, http'],
  [443, 'Traefik, https'],
  [4317, 'the agent, OTLP over gRPC'],
  [4318, 'the agent, OTLP over HTTP'],
  [6443, 'the API server'],
  [10250, 'the kubelet'],
] as const;

/** Host ports that a system needs, with their purpose. */
export const neededPorts = ({ services }: SystemConfig): ReadonlyMap<number, string> =>
  new Map<number, string>([
    ...always,
    ...services.flatMap(({ name, nodePort }) => (nodePort === undefined ? [] : ([[nodePort, name]] as const))),
  ]);

const needsPassword = (output: string): boolean =>
  /sudo: (a password|a terminal) is required/.test(output) || inOneLine(output, 'sudo: ', 'not in the sudoers');

/** @param output in lower case */
const isDockerDenied = (output: string): boolean =>
  inOneLine(output, 'permission denied', 'docker', 'sock') || inOneLine(output, 'docker.sock', 'permission denied');
