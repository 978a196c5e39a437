import { PodhostError } from '../problems/podhost-error.ts';
import type { Command } from './command/command.ts';
import type { DeployContext } from './context.ts';
import { commandProblem } from './kube/read.ts';
import { failureOf, refuseWhenStopped } from './problems.ts';
import type { Reporter } from './reporter.ts';
import type { Action } from './step.ts';

/** What was done to take a failed action back. */
export interface Undone {
  readonly title: string;
  /** Whether every command of it succeeded; undefined when the action has no way back. */
  readonly succeeded: boolean | undefined;
}

/** Thrown when an action failed or was stopped. */
export class ActionFailure extends Error {
  readonly action: string;
  readonly problems: PodhostError;
  readonly undone: Undone;

  constructor(problems: PodhostError, undone: Undone) {
    super(problems.message);
    this.action = undone.title;
    this.problems = problems;
    this.undone = undone;
  }
}

/**
 * Makes one thing so: looks, acts, proves. When that fails, it is taken back where it can be.
 *
 * @throws ActionFailure
 */
export async function runAction(action: Action, context: DeployContext, reporter: Reporter): Promise<void> {
  const started = performance.now();
  let acted = false;
  reporter.actionStarted(action.title);
  try {
    refuseWhenStopped(context);
    const reason = await action.alreadySo?.((progress) => reporter.actionTold(action.title, progress));
    // What was not looked at any more is not known to be so.
    refuseWhenStopped(context);
    if (reason !== undefined) {
      reporter.actionEnded(action.title, { kind: 'already so', reason });
      return;
    }
    for (const command of action.commands) {
      refuseWhenStopped(context);
      acted = true;
      await runCommand(action, command, context, reporter);
    }
    await action.prove?.();
    refuseWhenStopped(context);
  } catch (error) {
    reporter.actionEnded(action.title, { kind: 'failed' });
    throw new ActionFailure(failureOf(error, context), {
      title: action.title,
      succeeded: acted ? await undo(action, context) : undefined,
    });
  }
  const { length: commands } = action.commands;
  reporter.actionEnded(action.title, { kind: 'done', milliseconds: performance.now() - started, commands });
}

async function runCommand(action: Action, command: Command, context: DeployContext, reporter: Reporter): Promise<void> {
  const result = await context.runner.run(command, {
    onLine: (line) => {
      const text = action.tell?.(line);
      if (text !== undefined) {
        reporter.actionTold(action.title, text);
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

async function undo({ undo: commands = [] }: Action, { runner }: DeployContext): Promise<boolean | undefined> {
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
