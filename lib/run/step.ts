import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from './command/command.ts';
import type { DeployContext, StepName } from './context.ts';

/** One step of a deployment or of its removal. */
export interface Step<Name extends string = StepName> {
  readonly name: Name;
  readonly title: string;
  /**
   * Plans the actions from the configuration and, where needed, from the state of the cluster or the host. It changes
   * nothing.
   */
  actions(context: DeployContext): Promise<readonly Action[]>;
  /**
   * Number of actions that run concurrently.
   *
   * @default 1
   */
  readonly parallel?: number | ((context: DeployContext) => number);
}

/** One action of a step. */
export interface Action {
  /** In the imperative, e.g. `Import image dataprime-frontend`. */
  readonly title: string;
  /**
   * Returns the reason when the cluster already has the desired state, e.g. `version 7 is installed`. A long check reports
   * its progress.
   *
   * @default - the action always runs
   */
  readonly upToDate?: (report?: (progress: string) => void) => Promise<string | undefined>;
  /**
   * Whether `upToDate` depends on previous actions. A dry run, which runs none of them, then does not call it.
   *
   * @default false
   */
  readonly afterOthers?: boolean;
  /** The commands in order; `--dry-run` prints them. */
  readonly commands: readonly Command[];
  /**
   * Returns the progress after a line of command output, e.g. `120 of 3000`; undefined when it has not changed.
   *
   * @default - only the title is shown
   */
  readonly progress?: (line: string) => string | undefined;
  /**
   * Looks up the cause of a failed command; undefined when no cause is found.
   *
   * @default - the error of the command is shown
   */
  readonly explain?: (command: Command, result: CommandResult) => Promise<Problem | undefined>;
  /**
   * Checks the result.
   *
   * @throws PodhostError when the result is wrong, with a suggestion
   * @default - the exit status of the commands is the result
   */
  readonly verify?: () => Promise<void>;
  /**
   * Commands that undo the action after a failure, run in reverse order.
   *
   * @default - the next run completes the action
   */
  readonly rollback?: readonly Command[];
}

export interface QuestionProps extends Pick<Action, 'upToDate'> {
  readonly title: string;
  readonly question: string;
  /** The problem when the answer is no. */
  readonly refused: Problem;
}

/** An action that asks the user for permission; the answer no stops the run. */
export const question = (
  { confirm }: Pick<DeployContext, 'confirm'>,
  { question: text, refused, ...action }: QuestionProps,
): Action => ({
  ...action,
  commands: [],
  // A dry run does not call `verify`, so it asks nothing.
  verify: async () => {
    if (!(await confirm(text))) {
      throw new PodhostError([refused]);
    }
  },
});

/**
 * Replaces actions that could not be planned because a lookup failed. A deployment fails at this action; a dry run
 * continues without the actions.
 *
 * @throws the error itself when it is a defect of podhost
 */
export function failedLookup(
  { onUnknownState }: Pick<DeployContext, 'onUnknownState'>,
  title: string,
  error: unknown,
): Action {
  if (!(error instanceof PodhostError)) {
    throw error;
  }
  onUnknownState?.(error);
  return { title, commands: [], verify: () => Promise.reject(error) };
}

/** Returns the result of a lookup of the current state. When it fails, a dry run reports the reason and continues; a deployment fails. */
export async function currentState<T>(
  { onUnknownState }: Pick<DeployContext, 'onUnknownState'>,
  lookup: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await lookup();
  } catch (error) {
    // An error of the configuration stops a dry run too.
    if (onUnknownState === undefined || !(error instanceof PodhostError) || error.exitStatus !== 3) {
      throw error;
    }
    onUnknownState(error);
    return undefined;
  }
}
