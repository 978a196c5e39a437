import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult, Input } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem, ifReachable, readJson, readText } from '../run/kube/read.ts';
import type { Action } from '../run/step.ts';
import { presentState } from '../run/step.ts';
import { type ShellText, sh } from '../text/shell.ts';

/** Where a release is installed. */
export interface ReleaseName {
  readonly release: string;
  readonly namespace: string;
}

/** What helm has installed under a name. */
export interface Release {
  /** Chart and version, e.g. `otel-integration-0.0.331`. */
  readonly chart: string;
  readonly status: string;
  readonly revision: string;
  /** When it was changed last, as helm writes it. */
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
export async function findRelease(context: DeployContext, name: ReleaseName): Promise<Release | undefined> {
  const query = ['list', '--all', `--namespace=${name.namespace}`, `--filter=^${name.release}$`, '--output=json'];
  const [release] = await readJson(context, context.helm(query), listed);
  return release;
}

/** Whether the release was given exactly these values. */
export async function hasValues(
  context: DeployContext,
  { release, namespace }: ReleaseName,
  values: unknown,
): Promise<boolean> {
  const query = context.helm(['get', 'values', release, `--namespace=${namespace}`, '--output=json']);
  return isDeepStrictEqual(await readJson(context, query, z.unknown()), values);
}

/** One change of a release. */
export interface Revision {
  readonly revision: string;
  readonly status: string;
}

/** What has become of a release, the oldest first. */
export function releaseHistory(context: DeployContext, { release, namespace }: ReleaseName): Promise<Revision[]> {
  const query = context.helm(['history', release, `--namespace=${namespace}`, '--output=json']);
  return readJson(context, query, z.array(z.object({ revision: z.coerce.string(), status: z.string() })));
}

/** The flag with which a failed upgrade is taken back: helm 4 calls it otherwise. */
export async function rollbackFlag(context: DeployContext): Promise<string> {
  const version = await readText(context, context.helm(['version', '--short']));
  const [, major = '3'] = /v(\d+)\./.exec(version) ?? [];
  return Number(major) >= 4 ? '--rollback-on-failure' : '--atomic';
}

const isAddress = (repository: string): boolean => repository.includes('://');

/** Arguments that name a chart to helm: it lies in a repository of its own kind, in a registry of images, or in a folder. */
export const chartSource = (repository: string, chart: string): string[] =>
  repository.startsWith('oci://') || !isAddress(repository)
    ? [`${repository.replace(/\/+$/, '')}/${chart}`]
    : [chart, `--repo=${repository}`];

/** For a person: whether charts can be had from there. */
export const lookAtRepository = (repository: string): ShellText =>
  isAddress(repository) ? sh`curl -fsSI ${repository.replace(/^oci:/, 'https:')}/index.yaml` : sh`ls ${repository}`;

/** A release as it is to be. */
export interface WantedRelease extends ReleaseName {
  readonly chart: string;
  readonly version: string;
  /** What the values say, to compare with what is installed. */
  readonly values: unknown;
  /** How helm is given them: `--values=…`. */
  readonly valuesFlag: string;
  /** @default - the values are in a file */
  readonly input?: Input;
}

/** Makes a release so: what an interrupted run left is taken back first, as helm would refuse to touch it. */
export async function releaseActions(context: DeployContext, wanted: WantedRelease): Promise<Action[]> {
  const present = await ifReachable(() => findRelease(context, wanted));
  // Helm 4 knows the name that helm 3 has for it, too.
  const flag = (await presentState(context, () => rollbackFlag(context))) ?? '--atomic';
  // What is taken back counts as deployed, whether it runs or not: the upgrade waits for that.
  return isPending(present)
    ? [await takeBack(context, wanted, present), upgrade(context, wanted, flag)]
    : [{ ...upgrade(context, wanted, flag), alreadySo: () => isInstalled(context, wanted) }];
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
    // Helm takes a failed upgrade back itself, which may take as long again.
    commands: [context.helm(args, { timeoutSeconds: 2 * seconds(context) + 120, ...(input && { input }) })],
    explain: async (command, result) => explainHelm(command, result),
  };
}

/** Helm says what it took back at the end of a long line. */
function explainHelm(command: Command, result: CommandResult): Problem {
  const problem = commandProblem(command, result);
  const taken = /has been (uninstalled|rolled back)/.exec(result.stderr)?.[1] ?? rolledBack(result.stderr);
  const state =
    taken === undefined
      ? 'helm does not say that it has taken anything back; the next run does'
      : `helm has taken it back: the release is ${taken === 'uninstalled' ? 'gone again' : 'as it was before'}`;
  return { ...problem, code: 'deploy/helm-failed', details: [...(problem.details ?? []), state] };
}

const rolledBack = (stderr: string): string | undefined =>
  /due to (atomic|rollback-on-failure) being set/.test(stderr) ? 'rolled back' : undefined;

/** Whether helm is at work on it, or was when it ended without a chance to say so. */
export const isPending = (present: Release | undefined): present is Release =>
  present?.status.startsWith('pending-') === true;

/** How long helm waits. */
export const seconds = ({ config }: DeployContext): number => config.deploy.rolloutSeconds;

/** How much longer than it was told helm may take to end. */
const graceSeconds = 30;

/** Takes back what a helm left that was ended without a chance to clean up. */
export async function takeBack(context: DeployContext, name: ReleaseName, present: Release): Promise<Action> {
  const { release, namespace } = name;
  const history = await releaseHistory(context, name);
  const args = [`--namespace=${namespace}`, `--timeout=${seconds(context)}s`];
  return {
    title: `Take back what an interrupted helm left of ${release}: ${present.status} since ${present.updated}`,
    alreadySo: () => endedByItself(context, name, present),
    commands: commandsFor(release, history).map((command) =>
      context.helm([...command, ...args], { timeoutSeconds: seconds(context) + 60 }),
    ),
  };
}

/** What is brought back need not run: the upgrade comes next. */
function commandsFor(release: string, history: readonly Revision[]): string[][] {
  const good = history.findLast(({ status }) => status === 'deployed' || status === 'superseded');
  if (good === undefined) {
    return [['uninstall', release, '--wait']];
  }
  // helm takes what an interrupted roll-back has left for what it was to bring, and would leave all that is more.
  const undone = history.at(-1)?.status === 'pending-rollback' ? history.at(-2) : undefined;
  return [undone, good].flatMap((to) => (to === undefined ? [] : [['rollback', release, to.revision]]));
}

/** A failed upgrade is pending no more for a moment, until helm begins to roll it back. */
const settledAfterLooks = 4;

/** It may still run somewhere, and would take back later what this run does now: it gets the time it was given. */
async function endedByItself(context: DeployContext, name: ReleaseName, present: Release): Promise<string | undefined> {
  let now: Release | undefined = present;
  let settled = 0;
  while (!context.signal.aborted) {
    settled = isPending(now) ? 0 : settled + 1;
    if (settled === settledAfterLooks) {
      return 'helm has ended it itself';
    }
    if (isPending(now) && Date.now() >= deadline(context, now)) {
      return undefined;
    }
    await sleep(1_000);
    now = await findRelease(context, name);
  }
  return undefined;
}

/** When a helm that is still at work would have ended. */
function deadline(context: DeployContext, { updated }: Release): number {
  // As Go prints a time: "2026-11-24 10:51:17.1 +0000 UTC".
  const since = Date.parse(updated.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d).*$/, '$1T$2$3:$4'));
  return (Number.isNaN(since) ? Date.now() : since) + (seconds(context) + graceSeconds) * 1_000;
}
