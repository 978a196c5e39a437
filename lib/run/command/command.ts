import type { VariableName } from '../../text/variable-name.ts';

/** What a command reads from its standard input. */
export type Input =
  /** A text without secrets, e.g. a manifest. */
  | { readonly text: string }
  /** A file on this machine. */
  | { readonly file: string }
  /** Lines `NAME=value` of secret environment variables; a script contains only the names. */
  | { readonly secrets: readonly VariableName[] }
  /** The standard output of another command: a pipe. */
  | { readonly from: Command };

/** A command as data: the same object is run, logged, and printed as a line of the script of `--dry-run`. */
export interface Command {
  readonly program: string;
  /** Never contains a secret, because every user of the machine can read arguments. */
  readonly args: readonly string[];
  /**
   * The machine on which it runs.
   *
   * @default here
   */
  readonly on?: 'here' | 'host';
  /** @default - nothing */
  readonly input?: Input;
  /**
   * Working directory.
   *
   * @default - the working directory of podhost; on the host the home directory of the user
   */
  readonly folder?: string;
  /**
   * Environment variables in addition to those of podhost; never a secret.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Time limit in seconds.
   *
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

/** Result of a command. */
export interface CommandResult {
  /** Undefined when it could not be started, timed out or was stopped; `stderr` then has the reason. */
  readonly exitStatus: number | undefined;
  /** Standard output with the secrets of the configuration masked; otherwise unchanged, because it is parsed. */
  readonly stdout: string;
  /** Standard error with everything that looks like a secret masked, because it is printed. */
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  /**
   * Receives each line of standard output as it arrives.
   *
   * @default - lines are not reported
   */
  readonly onLine?: (line: string) => void;
  /**
   * Whether it also runs after Ctrl-C and is not interrupted, e.g. because it belongs to a rollback.
   *
   * @default false
   */
  readonly always?: boolean;
}

/** The only interface to other programs; tests replace only this. */
export interface CommandRunner {
  /** Runs a command and resolves when it has ended, also when it failed. */
  run(command: Command, options?: RunOptions): Promise<CommandResult>;
}

/** The commands of a pipe in their order; a command without a pipe is the only element. */
export function pipeChain(command: Command): readonly [...Command[], Command] {
  const { input } = command;
  return input !== undefined && 'from' in input ? [...pipeChain(input.from), command] : [command];
}
