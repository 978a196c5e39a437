import { PodhostError } from '../../../problems/podhost-error.ts';
import { type ComposeContainer, composeContainers, returningContainers } from '../../../provision/compose.ts';
import { explainOnHost, neededPorts, onHost } from '../../../provision/host.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Step } from '../../../run/step.ts';
import { presentState, question } from '../../../run/step.ts';
import { sh } from '../../../text/shell.ts';

/** Stops the old Docker Compose stack when it holds ports that are needed. Its containers and volumes stay. */
export const composeStep: Step = {
  name: 'compose',
  title: 'Docker Compose',
  async actions(context) {
    const project = context.config.deploy.compose?.project;
    if (project === undefined) {
      return [];
    }
    const compose = (verb: string) =>
      onHost('docker', ['compose', '--project-name', project, verb], { timeoutSeconds: 300 });
    const present = await presentState(context, () => composeContainers(context, project));
    const running = present ?? [];
    const holders = holding(context, running);
    const alreadySo = async () => (present === undefined || holders.length > 0 ? undefined : reason(running));
    return [
      question(context, {
        title: `Ask whether the Docker Compose project ${project} may be stopped`,
        alreadySo,
        question: questionText(project, running, holders),
        refused: notConfirmed(project, holders),
      }),
      {
        title: `Stop the Docker Compose project ${project}`,
        alreadySo,
        commands: [compose('stop')],
        explain: explainOnHost(context),
        prove: async () => {
          const left = await composeContainers(context, project);
          if (left.length > 0) {
            throw new PodhostError([stillRunning(project, left)], 3);
          }
          await tellOfReturning(context, running);
        },
        undo: [compose('start')],
      },
    ];
  },
};

/** Stopped is not gone: with this policy the ports are taken again when the host starts. */
async function tellOfReturning(context: DeployContext, stopped: readonly ComposeContainer[]): Promise<void> {
  const names = await returningContainers(
    context,
    stopped.map(({ name }) => name),
  );
  if (names.length > 0) {
    context.tell(
      `Note: Docker starts again with the host (restart: always): ${names.join(' ')}; so that they stay stopped, run on the host: ${sh`docker update --restart=unless-stopped ${names}`}`,
    );
  }
}

/** What each container holds that is needed, in words. */
function holding({ config }: DeployContext, running: readonly ComposeContainer[]): string[] {
  const needed = neededPorts(config);
  return running.flatMap(({ name, hostPorts }) => {
    const taken = hostPorts?.filter((port) => needed.has(port)).map((port) => `${port} (${needed.get(port)})`);
    if (taken === undefined) {
      return [`${name} shares the host's network`];
    }
    return taken.length === 0 ? [] : [`${name} holds ${taken.join(', ')}`];
  });
}

const reason = (running: readonly ComposeContainer[]): string =>
  running.length === 0 ? 'nothing of it runs' : `its ${running.length} containers hold no port that is needed`;

const questionText = (project: string, running: readonly ComposeContainer[], holders: readonly string[]): string =>
  `Stop the ${running.length} containers of the Docker Compose project ${project}? ${holders.join('; ')}. Containers and volumes stay; to have it back: ${sh`docker compose --project-name ${project} start`}.`;

const notConfirmed = (project: string, holders: readonly string[]) => ({
  code: 'deploy/compose-runs',
  message: `the Docker Compose project ${project} was not to be stopped, and ${holders.join('; ')}`,
  suggestion: `stop it yourself: ${sh`docker compose --project-name ${project} stop`}; or answer yes`,
});

const stillRunning = (project: string, left: readonly ComposeContainer[]) => ({
  code: 'deploy/compose-runs',
  message: `of the Docker Compose project ${project} still run: ${left.map(({ name }) => name).join(', ')}`,
  suggestion: `see what starts them again on the host: ${sh`docker events --since 5m`}`,
});
