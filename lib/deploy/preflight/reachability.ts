import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { hostProblem, onHost } from '../../provision/host.ts';
import type { Command, CommandRunner } from '../../run/command/command.ts';
import { pipeChain } from '../../run/command/command.ts';
import type { DeployContext, StepName } from '../../run/context.ts';
import { oneLine } from '../../run/kube/read.ts';
import { clusterProblem, helmProblem, kubectlProblem } from './prerequisites.ts';
import { type Scope, usesCluster, usesHelm, usesHost } from './scope.ts';

/** What a dry run can look up. */
export interface Reachability {
  /** The context with a runner that fails at once for unreachable programs and hosts, instead of after a timeout. */
  readonly context: DeployContext;
  /** Reasons why something is not reachable, one line each. */
  readonly reasons: readonly string[];
}

/** Checks once whether tools, cluster and host are reachable. A dry run prints its script without them too. */
export async function checkReachability(context: DeployContext, steps: readonly StepName[]): Promise<Reachability> {
  const { config, host, migrate } = context;
  const scope: Scope = { config, host, migrate, steps: new Set(steps), canAsk: false };
  const [kubectl, helm, remote] = await Promise.all([
    usesCluster(scope) ? problemOr(() => kubectlProblem(context)) : undefined,
    usesHelm(scope) ? problemOr(() => helmProblem(context)) : undefined,
    usesHost(scope) && host !== undefined ? problemOr(() => hostConnectionProblem(context)) : undefined,
  ]);
  const cluster =
    usesCluster(scope) && kubectl === undefined ? await problemOr(() => clusterProblem(context)) : undefined;
  const unreachable = { kubectl: kubectl ?? cluster, helm: helm ?? cluster, host: remote };
  const problems = [...new Set(Object.values(unreachable))].filter((problem) => problem !== undefined);
  return {
    context: { ...context, runner: reachableRunner(context.runner, unreachable) },
    reasons: problems.map(oneLine),
  };
}

/** An unexpected output counts as unreachable too. */
async function problemOr(lookup: () => Promise<Problem | undefined>): Promise<Problem | undefined> {
  try {
    return await lookup();
  } catch (error) {
    if (error instanceof PodhostError) {
      return error.problems[0];
    }
    throw error;
  }
}

async function hostConnectionProblem(context: DeployContext): Promise<Problem | undefined> {
  const command = onHost('true', []);
  const result = await context.runner.run(command);
  return result.exitStatus === 0 ? undefined : hostProblem(context, command, result);
}

type Unreachable = Readonly<Record<'kubectl' | 'helm' | 'host', Problem | undefined>>;

const reachableRunner = (runner: CommandRunner, unreachable: Unreachable): CommandRunner => ({
  async run(command, options) {
    const [problem] = pipeChain(command).flatMap((part) => problemOf(part, unreachable) ?? []);
    if (problem !== undefined) {
      throw new PodhostError([problem], 3);
    }
    return runner.run(command, options);
  },
});

function problemOf({ program, on }: Command, unreachable: Unreachable): Problem | undefined {
  if (on === 'host') {
    return unreachable.host;
  }
  return program === 'kubectl' || program === 'helm' ? unreachable[program] : undefined;
}
