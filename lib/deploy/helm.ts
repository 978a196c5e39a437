import type { Problem } from '../problems/problem.ts';
import type { Action } from '../run/action.ts';
import type { Command, CommandResult, Input } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { commandProblem } from '../run/kube/command-problem.ts';
import { ifReachable } from '../run/kube/if-reachable.ts';
import { presentState } from '../run/present-state.ts';
import { chartSource } from './chart-source.ts';
import { findRelease, hasValues, type ReleaseName, rollbackFlag } from './release.ts';
import { isPending, seconds, takeBack } from './take-back.ts';

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
