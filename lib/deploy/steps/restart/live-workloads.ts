import { z } from 'zod';
import type { DeployContext } from '../../../run/context.ts';
import { isRendered } from '../../../run/kube/collector-objects.ts';
import { releaseOf } from '../../../run/kube/live-object.ts';
import { readJson } from '../../../run/kube/read.ts';
import { ownedMetadata } from '../../../run/kube/shapes.ts';
import { hasSystemLabels } from '../../../run/kube/system-objects.ts';
import { operatorRelease } from '../operator/step.ts';
import { secretsRead } from './secrets-read.ts';

const workload = z.object({
  kind: z.string(),
  metadata: ownedMetadata,
  spec: z.object({
    selector: z.object({ matchLabels: ownedMetadata.shape.labels }),
    template: z.object({ spec: z.unknown() }),
  }),
});
const pod = z.object({
  metadata: z.object({ labels: ownedMetadata.shape.labels, deletionTimestamp: z.string().optional() }),
  status: z.object({
    startTime: z.string().optional(),
    containerStatuses: z
      .array(z.object({ state: z.object({ running: z.object({ startedAt: z.string() }).optional() }).optional() }))
      .optional(),
  }),
});

/** A workload of the system as it runs now. */
export interface LiveWorkload {
  /** `deployment/shop`. */
  readonly name: string;
  /** Names of the Secrets that its pods read when they start. */
  readonly secrets: readonly string[];
  /** Images of its containers. */
  readonly images: readonly string[];
  /** When the container that has run longest started; undefined when none runs. */
  readonly oldestStart: Date | undefined;
}

/** The workloads of the system in a namespace: what its manifests made, and what its Helm releases did. */
export async function liveWorkloads(context: DeployContext, namespace: string): Promise<LiveWorkload[]> {
  const get = (kinds: string) => context.kubectl(['get', kinds, `--namespace=${namespace}`, '--output=json']);
  const [workloads, pods] = await Promise.all([
    readJson(context, get('deployments,statefulsets,daemonsets'), z.object({ items: z.array(workload) })),
    readJson(context, get('pods'), z.object({ items: z.array(pod) })),
  ]);
  return workloads.items
    .filter((item) => isOurs(item, context))
    .map(({ kind, metadata, spec }) => ({
      name: `${kind.toLowerCase()}/${metadata.name}`,
      secrets: secretsRead(spec.template.spec),
      images: imagesOf(spec.template.spec),
      oldestStart: oldest(
        pods.items.filter((it) => matches(it.metadata.labels, spec.selector.matchLabels)).flatMap(startsOf),
      ),
    }));
}

function isOurs(object: z.output<typeof workload>, { config }: DeployContext): boolean {
  const release = releaseOf(object);
  const { collector, deploy, gitops } = config;
  return (
    hasSystemLabels(config, object.metadata) ||
    (collector.delivery === 'helm-values' &&
      (release === collector.release || (gitops?.tool === 'argo-cd' && isRendered(object)))) ||
    (deploy.operator.enabled && release === operatorRelease)
  );
}

const podSpec = z.object({ containers: z.array(z.object({ image: z.string().optional() })).optional() });

export const imagesOf = (spec: unknown): string[] =>
  (podSpec.parse(spec).containers ?? []).flatMap(({ image }) => image ?? []);

const matches = (has: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => has[name] === value);

/** The environment is read when a container starts, which may be long after its pod was made. */
function startsOf({ metadata, status }: z.output<typeof pod>): Date[] {
  if (metadata.deletionTimestamp !== undefined) {
    return [];
  }
  const started = (status.containerStatuses ?? []).flatMap(({ state }) => state?.running?.startedAt ?? []);
  return started.map((time) => new Date(time));
}

const oldest = (times: readonly Date[]): Date | undefined =>
  times.reduce<Date | undefined>((first, time) => (first === undefined || time < first ? time : first), undefined);
