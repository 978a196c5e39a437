import { z } from 'zod';
import { ownValue } from '../../../own-value.ts';
import type { DeployContext } from '../../../run/context.ts';
import { ownedMetadata } from '../../../run/kube/objects.ts';
import { readJson, readObjectText } from '../../../run/kube/read.ts';
import { hasSystemLabels, isRendered, releaseOf } from '../../../run/kube/system-objects.ts';
import { operatorRelease } from '../operator/step.ts';

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

/** A running workload of the system. */
export interface LiveWorkload {
  /** `deployment/shop`. */
  readonly name: string;
  /** Names of the Secrets in the environment of its containers. */
  readonly secrets: readonly string[];
  /** Images of its containers. */
  readonly images: readonly string[];
  /** Start time of its oldest running container; undefined when none runs. */
  readonly oldestStart: Date | undefined;
}

/** The workloads of the system in a namespace, from its manifests and its Helm releases. */
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

const imageSpec = z.object({ containers: z.array(z.object({ image: z.string().optional() })).optional() });

export const imagesOf = (spec: unknown): string[] =>
  (imageSpec.parse(spec).containers ?? []).flatMap(({ image }) => image ?? []);

const matches = (has: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => ownValue(has, name) === value);

/** Start times of the running containers; a container reads its environment when it starts. */
function startsOf({ metadata, status }: z.output<typeof pod>): Date[] {
  if (metadata.deletionTimestamp !== undefined) {
    return [];
  }
  const started = (status.containerStatuses ?? []).flatMap(({ state }) => state?.running?.startedAt ?? []);
  return started.map((time) => new Date(time));
}

const oldest = (times: readonly Date[]): Date | undefined =>
  times.reduce<Date | undefined>((first, time) => (first === undefined || time < first ? time : first), undefined);

/** Time of the last change of a Secret; undefined when it does not exist. Its values are not read. */
export async function secretChange(context: DeployContext, namespace: string, name: string): Promise<Date | undefined> {
  const times = '{.metadata.creationTimestamp}{"\\n"}{range .metadata.managedFields[*]}{.time}{"\\n"}{end}';
  const query = ['get', 'secret', name, `--namespace=${namespace}`, '--ignore-not-found', `--output=jsonpath=${times}`];
  const printed = (await readObjectText(context, context.kubectl(query))).split('\n').filter((line) => line !== '');
  const latest = Math.max(...printed.map((time) => Date.parse(time)));
  return Number.isFinite(latest) ? new Date(latest) : undefined;
}

const reference = z.object({ name: z.string().optional() }).optional();
const container = z.object({
  env: z.array(z.object({ valueFrom: z.object({ secretKeyRef: reference }).optional() })).optional(),
  envFrom: z.array(z.object({ secretRef: reference })).optional(),
});
const podSpec = z.object({
  containers: z.array(container).optional(),
  initContainers: z.array(container).optional(),
});

/**
 * Names of the Secrets in the environment of the containers of a pod, which changes only after a restart. The kubelet
 * updates mounted Secrets.
 */
export function secretsRead(spec: unknown): string[] {
  const { containers = [], initContainers = [] } = podSpec.parse(spec);
  const names = [...initContainers, ...containers].flatMap(({ env = [], envFrom = [] }) => [
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name),
    ...envFrom.map(({ secretRef }) => secretRef?.name),
  ]);
  return [...new Set(names.filter((name) => name !== undefined))];
}
