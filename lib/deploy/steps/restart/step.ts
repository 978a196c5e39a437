import type { SystemConfig } from '../../../config/schema/system.ts';
import { systemNamespaces } from '../../../config/system-namespaces.ts';
import { ownValue } from '../../../own-value.ts';
import { readImageRecords } from '../../../provision/stored-images.ts';
import type { DeployContext } from '../../../run/context.ts';
import { distManifests, isWorkload } from '../../../run/kube/objects.ts';
import { type Action, currentState, type Step } from '../../../run/step.ts';
import { imagesOf, type LiveWorkload, liveWorkloads, secretChange, secretsRead } from './live-workloads.ts';

/**
 * Restarts workloads that run with an old value of a Secret or an old image of the same name. A changed ConfigMap
 * restarts its workloads by the checksum in their pod templates.
 */
export const restartStep: Step = {
  name: 'restart',
  title: 'Restarts',
  parallel: 4,
  async actions(context) {
    const { operator } = context.config.deploy;
    const namespaces = new Set([...systemNamespaces(context), ...(operator.enabled ? [operator.namespace] : [])]);
    const actions = await Promise.all([...namespaces].map((namespace) => restartActions(context, namespace)));
    return actions.flat();
  },
};

async function restartActions(context: DeployContext, namespace: string): Promise<Action[]> {
  const stale = await currentState(context, () => staleWorkloads(context, namespace));
  return (stale ?? possiblyStale(context, namespace)).map((it) => restartAction(context, namespace, it));
}

/** A workload that started before something that it uses has changed. */
interface Stale {
  /** `deployment/shop`. */
  readonly name: string;
  readonly since: readonly string[];
  /** Whether the start time is unknown. */
  readonly isGuess?: boolean;
}

/** Workloads that read a Secret or have a built image, for a dry run that cannot look up start times. */
function possiblyStale({ dist, config }: DeployContext, namespace: string): Stale[] {
  const built = config.deploy.images.folder === undefined ? [] : config.services.map(({ image }) => image);
  return distManifests(dist)
    .filter((manifest) => isWorkload(manifest) && manifest.namespace === namespace)
    .flatMap((manifest) => {
      const spec = manifest.get('spec', 'template', 'spec');
      const since = [...secretsRead(spec), ...imagesOf(spec).filter((image) => built.includes(image))];
      return since.length === 0
        ? []
        : [{ name: `${manifest.kind.toLowerCase()}/${manifest.name}`, since, isGuess: true }];
    });
}

async function staleWorkloads(context: DeployContext, namespace: string): Promise<Stale[]> {
  const workloads = await liveWorkloads(context, namespace);
  const records = readImageRecords(context.stateFolder);
  const names = [...new Set(workloads.flatMap(({ secrets }) => secrets))];
  const changes = new Map(
    await Promise.all(names.map(async (name) => [name, await secretChange(context, namespace, name)] as const)),
  );
  return workloads.flatMap((workload) => {
    const since = [
      ...workload.secrets.filter((name) => isOlder(workload, changes.get(name))),
      ...workload.images.filter((image) => isOlder(workload, dateOf(ownValue(records, image)?.since))),
    ];
    return since.length === 0 ? [] : [{ name: workload.name, since }];
  });
}

const dateOf = (time: string | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));

/** Whether a workload is older than a change. Times are whole seconds, so an equal time counts as older. */
const isOlder = ({ oldestStart }: LiveWorkload, change: Date | undefined): boolean =>
  oldestStart !== undefined && change !== undefined && oldestStart <= change;

/** Uses the field manager of Flux, which would revert the annotation of another manager and restart the workload again. */
const managerOf = ({ gitops }: SystemConfig): string[] =>
  gitops?.tool === 'flux' ? ['--field-manager=flux-client-side-apply'] : [];

function restartAction(
  { kubectl, config }: DeployContext,
  namespace: string,
  { name, since, isGuess = false }: Stale,
): Action {
  const { rolloutSeconds } = config.deploy;
  return {
    title: `Restart ${name} in ${namespace}, which ${isGuess ? 'may have ' : ''}started before ${since.join(', ')} changed`,
    commands: [
      kubectl(['rollout', 'restart', name, `--namespace=${namespace}`, ...managerOf(config)]),
      kubectl(['rollout', 'status', name, `--namespace=${namespace}`, `--timeout=${rolloutSeconds}s`], {
        timeoutSeconds: rolloutSeconds + 30,
      }),
    ],
  };
}
