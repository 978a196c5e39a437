import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { CommandRunner } from '../../../run/command/command.ts';
import type { DeployContext, StepName } from '../../../run/context.ts';
import type { Action, Step } from '../../../run/step.ts';
import { sh } from '../../../text/shell.ts';
import { PreflightContext } from '../../preflight/preflight-context.ts';
import { checks, prerequisiteChecks } from './checks.ts';

/** Runs the preflight checks of all other steps before the first change. */
export const preflightStep: Step = {
  name: 'preflight',
  title: 'Preflight',
  actions: async (context) => [preflightAction(context)],
};

function preflightAction(context: DeployContext): Action {
  return {
    title: 'Check everything that the steps need',
    commands: [],
    async verify() {
      const { problems, notes } = await runPreflight(context, context);
      for (const note of notes) {
        context.report(`Note: ${note}`);
      }
      const [first, ...others] = problems;
      if (first !== undefined) {
        throw new PodhostError([first, ...others], 1);
      }
    },
  };
}

export interface PreflightProps {
  /** Whether a legacy installation is removed. */
  readonly migrate: boolean;
  /** The steps that will run; only what they need is checked. */
  readonly steps: readonly StepName[];
  /**
   * Whether missing values of secrets can be asked for.
   *
   * @default false
   */
  readonly canAsk?: boolean;
}

/** Result of all preflight checks. */
export interface PreflightResult {
  /** Problems that would make the deployment fail. */
  readonly problems: readonly Problem[];
  /** Notes for the user. */
  readonly notes: readonly string[];
}

/** Limits the memory of concurrent kubectl processes. */
const commandsAtOnce = 8;

/** Runs all checks that the steps need without changing anything, and returns all distinct problems. */
export async function runPreflight(
  context: DeployContext,
  { migrate, steps, canAsk = false }: PreflightProps,
): Promise<PreflightResult> {
  const { config, host } = context;
  const scope = { config, host, migrate, steps: new Set(steps), canAsk };
  const runner = boundedRunner(context.runner, commandsAtOnce);
  const preflight = new PreflightContext({ context: { ...context, runner }, scope, prerequisiteChecks });
  const needed = checks.filter((check) => check.isNeeded(scope));
  const found = await Promise.all(needed.map((check) => preflight.result(check)));
  // A prerequisite of a check may not be needed by any step.
  const all = [...found, ...(await preflight.all()).filter((result) => !found.includes(result))];
  const problems = distinct(all.flatMap(({ problems: some = [] }) => some));
  return {
    problems,
    notes: [...new Set(all.flatMap(({ notes = [] }) => notes)), ...connectionNotes(context, problems)],
  };
}

/** Suggested commands must not reach another cluster. */
function connectionNotes({ kubectl }: DeployContext, problems: readonly Problem[]): string[] {
  const flags = kubectl([]).args;
  return flags.length > 0 && problems.some(({ suggestion = '' }) => suggestion.includes('kubectl '))
    ? [`add these flags to every suggested kubectl command: ${sh`${flags}`}`]
    : [];
}

const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(
    problems.map((problem) => [JSON.stringify([problem.code, problem.message, problem.details]), problem]),
  ).values(),
];

/** Limits the number of concurrent commands and keeps their order. */
export function boundedRunner(runner: CommandRunner, atOnce: number): CommandRunner {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async run(command, options) {
      if (running >= atOnce) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await runner.run(command, options);
      } finally {
        const next = waiting.shift();
        if (next === undefined) {
          running -= 1;
        } else {
          next();
        }
      }
    },
  };
}
