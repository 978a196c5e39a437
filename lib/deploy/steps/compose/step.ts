import { PodhostError } from '../../../problems/podhost-error.ts';
import { type ComposeContainer, composeContainers, returningContainers } from '../../../provision/compose.ts';
import { explainOnHost, neededPorts, onHost } from '../../../provision/host.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Step } from '../../../run/step.ts';
import { currentState, question } from '../../../run/step.ts';
import { sh } from '../../../text/shell.ts';

/** Stops the Docker Compose project when it uses needed ports. Its containers and volumes are kept. */
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
    const present = await currentState(context, () => composeContainers(context, project));
    const running = present ?? [];
    const holders = holding(context, running);
    const upToDate = async () => (present === undefined || holders.length > 0 ? undefined : reason(running));
    return [
      question(context, {
        title: `Ask whether the Docker Compose project ${project} may be stopped`,
        upToDate,
        question: questionText(project, running, holders),
        refused: notConfirmed(project, holders),
      }),
      {
        title: `Stop the Docker Compose project ${project}`,
        upToDate,
        commands: [compose('stop')],
        explain: explainOnHost(context),
        verify: async () => {
          const left = await composeContainers(context, project);
          if (left.length > 0) {
            throw new PodhostError([stillRunning(project, left)], 3);
          }
          await reportReturning(context, running);
        },
        rollback: [compose('start')],
      },
    ];
  },
};

/** Reports containers with the restart policy `always`, which use the ports again after the host restarts. */
async function reportReturning(context: DeployContext, stopped: readonly ComposeContainer[]): Promise<void> {
  const names = await returningContainers(
    context,
    stopped.map(({ name }) => name),
  );
  if (names.length > 0) {
    context.report(
      `Note: Docker restarts these containers with the host (restart: always): ${names.join(' ')}; to keep them stopped, run on the host: ${sh`docker update --restart=unless-stopped ${names}`}`,
    );
  }
}

/** Describes the needed ports that each container uses. */
function holding({ config }: DeployContext, running: readonly ComposeContainer[]): string[] {
  const needed = neededPorts(config);
  return running.flatMap(({ name, hostPorts }) => {
    const taken = hostPorts?.filter((port) => needed.has(port)).map((port) => `${port} (${needed.get(port)})`);
    if (taken === undefined) {
      return [`${name} uses the host network`];
    }
    return taken.length === 0 ? [] : [`${name} uses ${taken.join(', ')}`];
  });
}

const reason = (running: readonly ComposeContainer[]): string =>
  running.length === 0 ? 'no container of it runs' : `its ${running.length} containers use no needed port`;

const questionText = (project: string, running: readonly ComposeContainer[], holders: readonly string[]): string =>
  `Stop the ${running.length} containers of the Docker Compose project ${project}? ${holders.join('; ')}. Containers and volumes are kept; to start it again: ${sh`docker compose --project-name ${project} start`}.`;

const notConfirmed = (project: string, holders: readonly string[]) => ({
  code: 'deploy/compose-runs',
  message: `the Docker Compose project ${project} was not stopped because the answer was no, and ${holders.join('; ')}`,
  suggestion: `stop it yourself: ${sh`docker compose --project-name ${project} stop`}; or answer yes`,
});

const stillRunning = (project: string, left: readonly ComposeContainer[]) => ({
  code: 'deploy/compose-runs',
  message: `containers of the Docker Compose project ${project} still run: ${left.map(({ name }) => name).join(', ')}`,
  suggestion: `see what starts them again on the host: ${sh`docker events --since 5m`}`,
});
