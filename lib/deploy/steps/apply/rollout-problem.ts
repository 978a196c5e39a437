import { z } from 'zod';
import { podhost } from '../../../command-name.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { DeployContext } from '../../../run/context.ts';
import { ifReachable, readJson } from '../../../run/kube/read.ts';
import { maskSecrets } from '../../../secrets/mask-secrets.ts';
import { runInstruction, sh } from '../../../text/shell.ts';

/** Maximum number of pods in the problem; more pods rarely have other reasons. */
const mostPods = 5;
const logLines = 5;
const lastEvents = 3;

const condition = z.object({ type: z.string(), status: z.string(), message: z.string().optional() });
const workloadList = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      metadata: z.object({ name: z.string() }),
      status: z.object({ conditions: z.array(condition).optional() }).optional(),
    }),
  ),
});
const eventList = z.object({
  items: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })),
});

/** The problem of a rollout: the reasons, last events and last log lines of pods that are not ready. */
export async function rolloutProblem(
  context: DeployContext,
  namespace: string,
  selector: string,
): Promise<Problem | undefined> {
  const get = (kind: string) =>
    context.kubectl(['get', kind, `--namespace=${namespace}`, `--selector=${selector}`, '--output=json']);
  const pods = await ifReachable(() => readJson(context, get('pods'), podList));
  const notReady = (pods?.items ?? []).filter((pod) => notReadyReasons(pod).length > 0);
  const blocks = await Promise.all(notReady.slice(0, mostPods).map((pod) => described(context, namespace, pod)));
  const lines = [...(await refusals(context, get('deployments,statefulsets,daemonsets'))), ...blocks.flat()];
  if (lines.length === 0) {
    return undefined;
  }
  const more = notReady.length > mostPods ? [`  and ${notReady.length - mostPods} more pods`] : [];
  return {
    code: 'deploy/not-rolled-out',
    message: `not everything in ${namespace} has started:`,
    details: [...lines, ...more],
    suggestion: `fix it and run ${podhost} deploy again; for details, ${runInstruction(sh`kubectl describe pods --namespace ${namespace}`)}`,
  };
}

/** Reasons why a workload has no pods, such as a quota or pod security. */
async function refusals(context: DeployContext, query: ReturnType<DeployContext['kubectl']>): Promise<string[]> {
  const workloads = await ifReachable(() => readJson(context, query, workloadList));
  return (workloads?.items ?? []).flatMap(({ kind, metadata, status }) =>
    (status?.conditions ?? [])
      .filter((it) => it.type === 'ReplicaFailure' && it.status === 'True')
      .map(({ message }) => `  ${kind} ${metadata.name} cannot create pods: ${message}`),
  );
}

async function described(context: DeployContext, namespace: string, pod: Pod): Promise<string[]> {
  const { name } = pod.metadata;
  const events = await ifReachable(() =>
    readJson(
      context,
      context.kubectl([
        ...['get', 'events', `--namespace=${namespace}`, `--field-selector=involvedObject.name=${name}`],
        ...['--sort-by=.lastTimestamp', '--output=json'],
      ]),
      eventList,
    ),
  );
  const logs = await Promise.all(endedContainers(pod).map((container) => logged(context, namespace, name, container)));
  return [
    `  pod ${name}: ${maskSecrets(notReadyReasons(pod).join('; '))}`,
    // The event of a failed probe contains the response, which may be a secret.
    ...(events?.items ?? [])
      .slice(-lastEvents)
      .map(({ reason, message = '' }) => `    event ${reason}: ${maskSecrets(message)}`),
    ...logs.flat(),
  ];
}

/** Reads the log of one container, because `--all-containers` fails at the first container without a log. */
async function logged(
  context: DeployContext,
  namespace: string,
  pod: string,
  container: string,
): Promise<readonly string[]> {
  const args = ['logs', pod, `--container=${container}`, `--namespace=${namespace}`, `--tail=${logLines}`];
  const { exitStatus, stdout } = await context.runner.run(context.kubectl(args));
  const lines = exitStatus === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
  return lines.map((line) => `    log of ${container}: ${maskSecrets(line)}`);
}

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

/** Reasons of the scheduler and the kubelet why a pod is not ready; empty when it is ready. */
export function notReadyReasons({ metadata, status }: Pod): string[] {
  const conditions = status.conditions ?? [];
  const isReady = conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  if (isReady || metadata.deletionTimestamp !== undefined || status.phase === 'Succeeded') {
    return [];
  }
  const unscheduled = conditions
    .filter(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
    .map(({ message }) => `no node accepts it: ${message}`);
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].flatMap(
    containerReasons,
  );
  const reasons = [...unscheduled, ...containers];
  return reasons.length > 0 ? reasons : [`it is ${status.phase ?? 'unknown'} and not ready`];
}

/** Names of the containers whose log may contain the reason: those that have run and are not ready. */
export const endedContainers = ({ status }: Pod): string[] =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
    .filter(
      ({ ready, state: now, lastState }) =>
        !ready &&
        now?.terminated?.exitCode !== 0 &&
        (now?.waiting === undefined || lastState?.terminated !== undefined),
    )
    .map(({ name }) => name);

function containerReasons({ name, ready, restartCount, state: now, lastState }: z.output<typeof containerStatus>) {
  const { waiting } = now ?? {};
  const ended = lastState?.terminated;
  const last = ended === undefined ? '' : `, it ended with ${ended.exitCode} (${ended.reason ?? 'no reason given'})`;
  if (waiting !== undefined) {
    const why = [waiting.reason, waiting.message].filter((text) => text !== undefined).join(', ');
    return [`${name} waits: ${why}${last}`];
  }
  return ready || now?.terminated?.exitCode === 0
    ? []
    : [`${name} is not ready, after ${restartCount} restarts${last}`];
}
