import type { Problem } from '../problems/problem.ts';
import type { Command, CommandResult } from './command/command.ts';

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
