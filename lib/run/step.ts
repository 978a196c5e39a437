import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from './command/command.ts';
import type { DeployContext } from './context.ts';

/** The steps in the order in which they run. */
export const stepNames = [
  'preflight',
  'k3s',
  'compose',
  'images',
  'secrets',
  'collector',
  'operator',
  'apply',
  'restart',
  'verify',
] as const;

export type StepName = (typeof stepNames)[number];

/** One step of a deployment, or of what takes it away again. */
export interface Step<Name extends string = StepName> {
  readonly name: Name;
  readonly title: string;
  /**
   * What there is to do, from the configuration and, where it must be, from looking at the cluster or the host. It
   * changes nothing.
   */
  actions(context: DeployContext): Promise<readonly Action[]>;
  /**
   * How many actions run at once.
   *
   * @default 1
   */
  readonly parallel?: number | ((context: DeployContext) => number);
}

/** One thing that a step makes so. */
export interface Action {
  /** In the imperative, e.g. `Import image dataprime-frontend`. */
  readonly title: string;
  /**
   * Why there is nothing to do, e.g. `already version 7`; undefined when there is. What takes long tells how far it is.
   *
   * @default - there always is
   */
  readonly alreadySo?: (tell?: (progress: string) => void) => Promise<string | undefined>;
  /**
   * Whether what is done before decides if it is already so: a dry run, which does nothing before, does not ask then.
   *
   * @default false
   */
  readonly afterOthers?: boolean;
  /** What is run, in this order, and what `--dry-run` prints. */
  readonly commands: readonly Command[];
  /**
   * What the progress says after a line that a command has printed, e.g. `120 of 3000`; undefined when it says nothing
   * new.
   *
   * @default - the progress shows the title alone
   */
  readonly tell?: (line: string) => string | undefined;
  /**
   * What is behind the failure of a command, found out by looking; undefined when that brings nothing to light.
   *
   * @default - the command's own error is shown
   */
  readonly explain?: (command: Command, result: CommandResult) => Promise<Problem | undefined>;
  /**
   * Makes sure that it is so now.
   *
   * @throws PodhostError when it is not, with what to do
   * @default - the commands' exit status says it
   */
  readonly prove?: () => Promise<void>;
  /**
   * Takes it back after a failure; run in reverse order.
   *
   * @default - running the deployment again completes it
   */
  readonly undo?: readonly Command[];
}

export interface QuestionProps extends Pick<Action, 'alreadySo'> {
  readonly title: string;
  readonly question: string;
  /** What a no comes to. */
  readonly refused: Problem;
}

/** Asks whether something may be done that takes something from somebody; a no ends the run. */
export const question = (
  { confirm }: Pick<DeployContext, 'confirm'>,
  { question: text, refused, ...action }: QuestionProps,
): Action => ({
  ...action,
  commands: [],
  // A proof is not run by a dry run, which must ask nothing.
  prove: async () => {
    if (!(await confirm(text))) {
      throw new PodhostError([refused]);
    }
  },
});

/**
 * In place of actions that a look should have told: a run fails there, and a dry run goes on without them.
 *
 * @throws the error itself when it is a defect
 */
export function failedLook({ unasked }: Pick<DeployContext, 'unasked'>, title: string, error: unknown): Action {
  if (!(error instanceof PodhostError)) {
    throw error;
  }
  unasked?.(error);
  return { title, commands: [], prove: () => Promise.reject(error) };
}

/** What a look at the present state brings. A dry run reports why it brings nothing and goes on; a run fails there. */
export async function presentState<T>(
  { unasked }: Pick<DeployContext, 'unasked'>,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    // What is wrong with the configuration keeps a dry run from going on as well.
    if (unasked === undefined || !(error instanceof PodhostError) || error.exitStatus !== 3) {
      throw error;
    }
    unasked(error);
    return undefined;
  }
}
