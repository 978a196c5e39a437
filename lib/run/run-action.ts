import { PodhostError } from '../problems/podhost-error.ts';
import type { Command } from './command/command.ts';
import type { DeployContext } from './context.ts';
import { commandProblem } from './kube/read.ts';
import { refuseWhenStopped, runError } from './problems.ts';
import type { Reporter } from './reporter.ts';
import type { Action } from './step.ts';

/** Rollback of a failed action. */
export interface Rollback {
  readonly title: string;
  /** Whether every command succeeded; undefined when the action has no rollback. */
  readonly succeeded: boolean | undefined;
}

/** Thrown when an action failed or was stopped. */
export class ActionError extends Error {
  readonly action: string;
  readonly problems: PodhostError;
  readonly rollback: Rollback;

  constructor(problems: PodhostError, rollback: Rollback) {
    super(problems.message);
    this.action = rollback.title;
    this.problems = problems;
    this.rollback = rollback;
  }
}

/**
 * Runs an action: checks the current state, runs the commands, verifies the result. A failed action is rolled back when
 * it has rollback commands.
 *
 * @throws ActionError
 */
export async function runAction(action: Action, context: DeployContext, reporter: Reporter): Promise<void> {
  const started = performance.now();
  let acted = false;
  reporter.actionStarted(action.title);
  try {
    refuseWhenStopped(context);
    const reason = await action.upToDate?.((progress) => reporter.actionProgress(action.title, progress));
    // After a stop the lookup may be incomplete.
    refuseWhenStopped(context);
    if (reason !== undefined) {
      reporter.actionEnded(action.title, { kind: 'up to date', reason });
      return;
    }
    for (const command of action.commands) {
      refuseWhenStopped(context);
      acted = true;
      await runCommand(action, command, context, reporter);
    }
    await action.verify?.();
    refuseWhenStopped(context);
  } catch (error) {
    reporter.actionEnded(action.title, { kind: 'failed' });
    throw new ActionError(runError(error, context), {
      title: action.title,
      succeeded: acted ? await rollBack(action, context) : undefined,
    });
  }
  const { length: commands } = action.commands;
  reporter.actionEnded(action.title, { kind: 'done', milliseconds: performance.now() - started, commands });
}

async function runCommand(action: Action, command: Command, context: DeployContext, reporter: Reporter): Promise<void> {
  const result = await context.runner.run(command, {
    onLine: (line) => {
      const text = action.progress?.(line);
      if (text !== undefined) {
        reporter.actionProgress(action.title, text);
      }
    },
  });
  if (result.exitStatus === 0) {
    return;
  }
  refuseWhenStopped(context);
  const explained = await action.explain?.(command, result);
  throw new PodhostError([explained ?? commandProblem(command, result)], 3);
}

async function rollBack({ rollback: commands = [] }: Action, { runner }: DeployContext): Promise<boolean | undefined> {
  if (commands.length === 0) {
    return undefined;
  }
  let succeeded = true;
  for (const command of commands.toReversed()) {
    const { exitStatus } = await runner.run(command, { always: true });
    succeeded &&= exitStatus === 0;
  }
  return succeeded;
}
