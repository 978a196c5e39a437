import { PodhostError } from '../../problems/podhost-error.ts';
import type { Problem } from '../../problems/problem.ts';
import { hostProblem, onHost } from '../../provision/host.ts';
import type { Command, CommandRunner } from '../../run/command/command.ts';
import { pipeChain } from '../../run/command/command.ts';
import type { DeployContext } from '../../run/context.ts';
import { oneLine } from '../../run/kube/read.ts';
import type { StepName } from '../../run/step.ts';
import { type Scope, usesCluster, usesHelm, usesHost } from './check.ts';
import { clusterProblem, helmProblem, kubectlProblem } from './prerequisites.ts';

/** What a dry run can ask. */
export interface Survey {
  /** The same, but nothing is asked that was found to give no answer: each question might take its time to fail. */
  readonly context: DeployContext;
  /** Why something gives no answer, one line each. */
  readonly reasons: readonly string[];
}

/** Finds out once whether tools, cluster and host answer. Nothing of it has to be there for a script to be printed. */
export async function survey(context: DeployContext, steps: readonly StepName[]): Promise<Survey> {
  const { config, host, migrate } = context;
  const scope: Scope = { config, host, migrate, steps: new Set(steps), canAsk: false };
  const [kubectl, helm, remote] = await Promise.all([
    usesCluster(scope) ? found(() => kubectlProblem(context)) : undefined,
    usesHelm(scope) ? found(() => helmProblem(context)) : undefined,
    usesHost(scope) && host !== undefined ? found(() => hostFault(context)) : undefined,
  ]);
  const cluster = usesCluster(scope) && kubectl === undefined ? await found(() => clusterProblem(context)) : undefined;
  const silent = { kubectl: kubectl ?? cluster, helm: helm ?? cluster, host: remote };
  const problems = [...new Set(Object.values(silent))].filter((problem) => problem !== undefined);
  return { context: { ...context, runner: answeringRunner(context.runner, silent) }, reasons: problems.map(oneLine) };
}

/** What prints something unexpected answers no question either. */
async function found(look: () => Promise<Problem | undefined>): Promise<Problem | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof PodhostError) {
      return error.problems[0];
    }
    throw error;
  }
}

async function hostFault(context: DeployContext): Promise<Problem | undefined> {
  const command = onHost('true', []);
  const result = await context.runner.run(command);
  return result.exitStatus === 0 ? undefined : hostProblem(context, command, result);
}

type Silent = Readonly<Record<'kubectl' | 'helm' | 'host', Problem | undefined>>;

const answeringRunner = (runner: CommandRunner, silent: Silent): CommandRunner => ({
  async run(command, options) {
    const [problem] = pipeChain(command).flatMap((part) => problemOf(part, silent) ?? []);
    if (problem !== undefined) {
      throw new PodhostError([problem], 3);
    }
    return runner.run(command, options);
  },
});

function problemOf({ program, on }: Command, silent: Silent): Problem | undefined {
  if (on === 'host') {
    return silent.host;
  }
  return program === 'kubectl' || program === 'helm' ? silent[program] : undefined;
}
