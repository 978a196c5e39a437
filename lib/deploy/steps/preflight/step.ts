import { PodhostError } from '../../../problems/podhost-error.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { CommandRunner } from '../../../run/command/command.ts';
import type { DeployContext } from '../../../run/context.ts';
import type { Action, Step, StepName } from '../../../run/step.ts';
import { sh } from '../../../text/shell.ts';
import { Inquiry } from '../../preflight/preflight-run.ts';
import { checks, gates } from './checks.ts';

/** Looks at all that the other steps need before one of them changes anything. */
export const preflightStep: Step = {
  name: 'preflight',
  title: 'Preflight',
  actions: async (context) => [allIsThere(context)],
};

function allIsThere(context: DeployContext): Action {
  return {
    title: 'Look at all that the steps need',
    commands: [],
    async prove() {
      const { problems, notes } = await preflightProblems(context, context);
      for (const note of notes) {
        context.tell(`Note: ${note}`);
      }
      const [first, ...others] = problems;
      if (first !== undefined) {
        throw new PodhostError([first, ...others], 1);
      }
    },
  };
}

export interface PreflightProps {
  /** Whether what an earlier installation left is removed. */
  readonly migrate: boolean;
  /** The steps that will run: only what they need is looked at. */
  readonly steps: readonly StepName[];
  /**
   * Whether somebody is there to be asked for values of secrets.
   *
   * @default false
   */
  readonly canAsk?: boolean;
}

/** What can be known before anything is changed. */
export interface Preflight {
  /** What keeps the deployment from succeeding, each with what mends it. */
  readonly problems: readonly Problem[];
  /** What is good to know. */
  readonly notes: readonly string[];
}

/** kubectl is a heavy program, and the machine of an administrator may be a small one. */
const commandsAtOnce = 8;

/** Looks at everything that the steps depend on, and changes nothing. Tells all failures at once, each of them once. */
export async function preflightProblems(
  context: DeployContext,
  { migrate, steps, canAsk = false }: PreflightProps,
): Promise<Preflight> {
  const { config, host } = context;
  const scope = { config, host, migrate, steps: new Set(steps), canAsk };
  const runner = boundedRunner(context.runner, commandsAtOnce);
  const inquiry = new Inquiry({ context: { ...context, runner }, scope, gates });
  const needed = checks.filter((check) => check.isNeeded(scope));
  const found = await Promise.all(needed.map((check) => inquiry.result(check)));
  // One check may have wanted to know of something that nothing else needs.
  const all = [...found, ...(await inquiry.all()).filter((findings) => !found.includes(findings))];
  const problems = distinct(all.flatMap(({ problems: some = [] }) => some));
  return {
    problems,
    notes: [...new Set(all.flatMap(({ notes = [] }) => notes)), ...connectionNotes(context, problems)],
  };
}

/** What is to be run by hand must not reach another cluster. */
function connectionNotes({ kubectl }: DeployContext, problems: readonly Problem[]): string[] {
  const flags = kubectl([]).args;
  return flags.length > 0 && problems.some(({ suggestion = '' }) => suggestion.includes('kubectl '))
    ? [`kubectl needs these flags in all that is to be run: ${sh`${flags}`}`]
    : [];
}

const distinct = (problems: readonly Problem[]): Problem[] => [
  ...new Map(
    problems.map((problem) => [JSON.stringify([problem.code, problem.message, problem.details]), problem]),
  ).values(),
];

/** Runs commands some at a time, in the order in which they come. */
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
