import { z } from 'zod';

const state = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  terminated: z.object({ reason: z.string().optional(), exitCode: z.number() }).optional(),
});
const containerStatus = z.object({
  name: z.string(),
  ready: z.boolean(),
  restartCount: z.number(),
  state: state.optional(),
  lastState: state.optional(),
});
const pod = z.object({
  metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
  status: z.object({
    phase: z.string().optional(),
    conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })).optional(),
    initContainerStatuses: z.array(containerStatus).optional(),
    containerStatuses: z.array(containerStatus).optional(),
  }),
});

export const podList = z.object({ items: z.array(pod) });

export type Pod = z.output<typeof pod>;

/** What keeps a pod from being ready, in the words of the scheduler and the kubelet; nothing when it is. */
export function podTroubles({ metadata, status }: Pod): string[] {
  const conditions = status.conditions ?? [];
  const isReady = conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  if (isReady || metadata.deletionTimestamp !== undefined || status.phase === 'Succeeded') {
    return [];
  }
  const unscheduled = conditions
    .filter(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
    .map(({ message }) => `no node takes it: ${message}`);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(
    containerTroubles,
  );
  const troubles = [...unscheduled, ...containers];
  return troubles.length > 0 ? troubles : [`it is ${status.phase ?? 'unknown'} and not ready`];
}

/** Names of the containers that may have said why: those that have run and are not ready. */
export const endedContainers = ({ status }: Pod): string[] =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .filter(
      ({ ready, state: now, lastState }) =>
        !ready &&
        now?.terminated?.exitCode !== 0 &&
        (now?.waiting === undefined || lastState?.terminated !== undefined),
    )
    .map(({ name }) => name);

function containerTroubles({ name, ready, restartCount, state: now, lastState }: z.output<typeof containerStatus>) {
  const { waiting } = now ?? {};
  const ended = lastState?.terminated;
  const last = ended === undefined ? '' : `, it ended with ${ended.exitCode} (${ended.reason ?? 'no reason told'})`;
  if (waiting !== undefined) {
    const why = [waiting.reason, waiting.message].filter((text) => text !== undefined).join(', ');
    return [`${name} waits: ${why}${last}`];
  }
  return ready || now?.terminated?.exitCode === 0
    ? []
    : [`${name} is not ready, after ${restartCount} restarts${last}`];
}
