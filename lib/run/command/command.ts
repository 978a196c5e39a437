import type { VariableName } from '../../text/variable-name.ts';

/** What a command reads from its standard input. */
export type Input =
  /** A text that anybody may see, e.g. a manifest. */
  | { readonly text: string }
  /** A file on this machine. */
  | { readonly file: string }
  /** Lines `NAME=value` of environment variables whose values nobody may see: a script names them alone. */
  | { readonly secrets: readonly VariableName[] }
  /** What another command prints: a pipe. */
  | { readonly from: Command };

/** A command as data: the same object is run, logged, and printed as a line of the script that `--dry-run` shows. */
export interface Command {
  readonly program: string;
  /** Never a secret: every user of the machine can read them. */
  readonly args: readonly string[];
  /**
   * On which machine.
   *
   * @default here
   */
  readonly on?: 'here' | 'host';
  /** @default - nothing */
  readonly input?: Input;
  /**
   * Folder it runs in.
   *
   * @default - where podhost runs; on the host the user's home
   */
  readonly folder?: string;
  /**
   * Environment variables beyond those that podhost has; never a secret.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * How long it may take, in seconds.
   *
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

/** How a command ended. */
export interface CommandResult {
  /** Undefined when it could not be started, took too long or was stopped; `stderr` then says which. */
  readonly exitStatus: number | undefined;
  /** Without the secrets that the configuration names; otherwise as printed, because it is parsed. */
  readonly stdout: string;
  /** Without anything that looks like a secret, because it is shown. */
  readonly stderr: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  /**
   * Is told each line of standard output when it comes.
   *
   * @default - nobody is
   */
  readonly onLine?: (line: string) => void;
  /**
   * Whether it runs after Ctrl-C as well, and to its end: it takes something back.
   *
   * @default false
   */
  readonly always?: boolean;
}

/** The one seam to everything outside: tests replace this and nothing else. */
export interface CommandRunner {
  /** Runs a command to its end. Whether it failed is for the caller to judge. */
  run(command: Command, options?: RunOptions): Promise<CommandResult>;
}

/** The commands of a pipe, the first one first; a command that reads from no other is alone. */
export function pipeChain(command: Command): readonly [...Command[], Command] {
  const { input } = command;
  return input !== undefined && 'from' in input ? [...pipeChain(input.from), command] : [command];
}
