import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult, Input } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem, ifReachable, readJson, readObjectText } from '../run/kube/read.ts';
import { type Action, currentState } from '../run/step.ts';
import { withoutTrailing } from '../text/linear-time.ts';
import { type ShellText, sh } from '../text/shell.ts';

/** Identifies a Helm release. */
export interface ReleaseName {
  readonly release: string;
  readonly namespace: string;
}

/** A Helm release as `helm list` prints it. */
export interface InstalledRelease {
  /** Chart and version, e.g. `otel-integration-0.0.331`. */
  readonly chart: string;
  readonly status: string;
  readonly revision: string;
  /** Time of the last change in the format of helm. */
  readonly updated: string;
}

const listed = z.array(
  z.object({
    name: z.string(),
    chart: z.string(),
    status: z.string(),
    revision: z.coerce.string(),
    updated: z.string(),
  }),
);

/** The release; undefined when there is none. */
export async function findRelease(context: DeployContext, name: ReleaseName): Promise<InstalledRelease | undefined> {
  const query = ['list', '--all', `--namespace=${name.namespace}`, `--filter=^${name.release}$`, '--output=json'];
  const [release] = await readJson(context, context.helm(query), listed);
  return release;
}

/** Whether the release has exactly these values. */
export async function hasValues(
  context: DeployContext,
  { release, namespace }: ReleaseName,
  values: unknown,
): Promise<boolean> {
  const query = context.helm(['get', 'values', release, `--namespace=${namespace}`, '--output=json']);
  return isDeepStrictEqual(await readJson(context, query, z.unknown()), values);
}

/** One revision of a release. */
export interface Revision {
  readonly revision: string;
  readonly status: string;
}

/** The revisions of a release, oldest first. */
export function releaseHistory(context: DeployContext, { release, namespace }: ReleaseName): Promise<Revision[]> {
  const query = context.helm(['history', release, `--namespace=${namespace}`, '--output=json']);
  return readJson(context, query, z.array(z.object({ revision: z.coerce.string(), status: z.string() })));
}

/** The flag that makes helm roll back a failed upgrade; helm 4 has renamed it. */
export async function rollbackFlag(context: DeployContext): Promise<string> {
  const version = await readObjectText(context, context.helm(['version', '--short']));
  const [, major = '3'] = /v(\d+)\./.exec(version) ?? [];
  return Number(major) >= 4 ? '--rollback-on-failure' : '--atomic';
}

const isAddress = (repository: string): boolean => repository.includes('://');

/** The helm arguments for a chart in a repository, an OCI registry or a folder. */
export const chartSource = (repository: string, chart: string): string[] =>
  repository.startsWith('oci://') || !isAddress(repository)
    ? [`${withoutTrailing(repository, '/')}/${chart}`]
    : [chart, `--repo=${repository}`];

/** A command for the user that shows whether the repository is reachable. */
export const checkRepository = (repository: string): ShellText =>
  isAddress(repository) ? sh`curl -fsSI ${repository.replace(/^oci:/, 'https:')}/index.yaml` : sh`ls ${repository}`;

/** The desired state of a release. */
export interface WantedRelease extends ReleaseName {
  readonly chart: string;
  readonly version: string;
  /** The values, for the comparison with the installed release. */
  readonly values: unknown;
  /** The helm flag of the values: `--values=…`. */
  readonly valuesFlag: string;
  /** @default - the values are read from a file */
  readonly input?: Input;
}

/** Installs or upgrades a release. A pending release of an interrupted run is rolled back first, because helm would refuse to upgrade it. */
export async function releaseActions(context: DeployContext, wanted: WantedRelease): Promise<Action[]> {
  const present = await ifReachable(() => findRelease(context, wanted));
  // Helm 4 accepts the flag of helm 3 too.
  const flag = (await currentState(context, () => rollbackFlag(context))) ?? '--atomic';
  // After the rollback the release counts as deployed, so the upgrade always runs and waits for its pods.
  return isPending(present)
    ? [await rollbackPending(context, wanted, present), upgrade(context, wanted, flag)]
    : [{ ...upgrade(context, wanted, flag), upToDate: () => isInstalled(context, wanted) }];
}

async function isInstalled(context: DeployContext, wanted: WantedRelease): Promise<string | undefined> {
  const present = await findRelease(context, wanted);
  const same = present?.status === 'deployed' && present.chart === `${wanted.chart}-${wanted.version}`;
  return same && (await hasValues(context, wanted, wanted.values))
    ? `revision ${present.revision} has this version and these values`
    : undefined;
}

function upgrade(context: DeployContext, wanted: WantedRelease, flag: string): Action {
  const { release, namespace, chart, version, valuesFlag, input } = wanted;
  const from = chartSource(context.config.deploy.chartRepository, chart);
  const args = [
    ...['upgrade', '--install', release, ...from, `--version=${version}`, `--namespace=${namespace}`, valuesFlag],
    ...[flag, '--wait', `--timeout=${seconds(context)}s`],
  ];
  return {
    title: `Helm release ${release} of ${chart} ${version} in ${namespace}`,
    // Helm rolls back a failed upgrade itself, which may take the same time again.
    commands: [context.helm(args, { timeoutSeconds: 2 * seconds(context) + 120, ...(input && { input }) })],
    explain: async (command, result) => explainHelm(command, result),
  };
}

/** Adds to the problem whether helm has rolled the release back. */
function explainHelm(command: Command, result: CommandResult): Problem {
  const problem = commandProblem(command, result);
  const undone = /has been (uninstalled|rolled back)/.exec(result.stderr)?.[1] ?? rolledBack(result.stderr);
  const state =
    undone === undefined
      ? 'helm reports no rollback; the next run rolls the release back'
      : `helm has rolled it back: the release is ${undone === 'uninstalled' ? 'uninstalled' : 'at its previous revision'}`;
  return { ...problem, code: 'deploy/helm-failed', details: [...(problem.details ?? []), state] };
}

const rolledBack = (stderr: string): string | undefined =>
  /due to (atomic|rollback-on-failure) being set/.test(stderr) ? 'rolled back' : undefined;

/** Whether helm is changing the release, or was killed while it did. */
export const isPending = (present: InstalledRelease | undefined): present is InstalledRelease =>
  present?.status.startsWith('pending-') === true;

/** Timeout of helm in seconds. */
export const seconds = ({ config }: DeployContext): number => config.deploy.rolloutSeconds;

/** How much longer than its timeout helm may take to end. */
const graceSeconds = 30;

/** Rolls back a release that a killed helm left pending. */
export async function rollbackPending(
  context: DeployContext,
  name: ReleaseName,
  present: InstalledRelease,
): Promise<Action> {
  const { release, namespace } = name;
  const history = await releaseHistory(context, name);
  const args = [`--namespace=${namespace}`, `--timeout=${seconds(context)}s`];
  return {
    title: `Roll back the Helm release ${release}, which an interrupted run left ${present.status} since ${present.updated}`,
    upToDate: () => endedByItself(context, name, present),
    commands: commandsFor(release, history).map((command) =>
      context.helm([...command, ...args], { timeoutSeconds: seconds(context) + 60 }),
    ),
  };
}

/** The rollback does not wait for pods, because the upgrade follows. */
function commandsFor(release: string, history: readonly Revision[]): string[][] {
  const good = history.findLast(({ status }) => status === 'deployed' || status === 'superseded');
  if (good === undefined) {
    return [['uninstall', release, '--wait']];
  }
  // After an interrupted rollback helm does not remove objects of the newer revision, so that revision is restored first.
  const rollback = history.at(-1)?.status === 'pending-rollback' ? history.at(-2) : undefined;
  return [rollback, good].flatMap((to) => (to === undefined ? [] : [['rollback', release, to.revision]]));
}

/** Between a failed upgrade and its rollback the release is not pending for a moment. */
const settledAfterLookups = 4;

/** Waits until a helm process that may still be running has reached its timeout, because it could overwrite this run. */
async function endedByItself(
  context: DeployContext,
  name: ReleaseName,
  present: InstalledRelease,
): Promise<string | undefined> {
  let now: InstalledRelease | undefined = present;
  let settled = 0;
  while (!context.signal.aborted) {
    settled = isPending(now) ? 0 : settled + 1;
    if (settled === settledAfterLookups) {
      return 'helm has finished it';
    }
    if (isPending(now) && Date.now() >= deadline(context, now)) {
      return undefined;
    }
    await sleep(1_000);
    now = await findRelease(context, name);
  }
  return undefined;
}

/** Time at which a running helm process has ended. */
function deadline(context: DeployContext, { updated }: InstalledRelease): number {
  // The format of Go: "2026-11-24 10:51:17.1 +0000 UTC".
  const since = Date.parse(updated.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d).*$/, '$1T$2$3:$4'));
  return (Number.isNaN(since) ? Date.now() : since) + (seconds(context) + graceSeconds) * 1_000;
}
