import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from '../run/command/command.ts';
import { pipeChain } from '../run/command/pipe-chain.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem } from '../run/kube/command-problem.ts';
import { sh } from '../text/shell.ts';
import { diskUse } from './disk-use.ts';
import { sshProblem } from './ssh-problem.ts';

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
