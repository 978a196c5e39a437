import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import { sh } from '../../text/shell.ts';
import type { Command } from './command.ts';

/** How long what a stopped command has printed last may take to arrive. */
const restMilliseconds = 500;

/** A command that runs. */
export interface SpawnedProcess {
  readonly command: Command;
  /** Null when it reads nothing. */
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly ended: Promise<SpawnedEnd>;
  /** Asks it and all that it started to end, and insists after the grace. */
  stop(graceMilliseconds: number): void;
}

export interface SpawnedEnd {
  readonly exitStatus: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not start. */
  readonly refusal: string | undefined;
}

export interface SpawnOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** What it reads: a file, a text, or what the caller writes. */
  readonly input: { readonly file: string } | { readonly text: string } | 'pipe' | 'nothing';
  /** Whether what it prints is kept. Otherwise the caller must read it. */
  readonly keepOutput: boolean;
}

/** Starts a command as the leader of a session of its own, so that Ctrl-C on the terminal reaches this process alone. */
export function spawnProcess(command: Command, { environment, input, keepOutput }: SpawnOptions): SpawnedProcess {
  const options = {
    detached: true,
    reject: false,
    stripFinalNewline: false,
    buffer: { stdout: keepOutput, stderr: true },
    extendEnv: false,
    env: { ...environment, ...command.env },
    ...(command.folder === undefined ? {} : { cwd: command.folder }),
    ...inputOptions(input),
  } satisfies Options;
  const [program, args] = opensInput(command) ? throughPipe(command) : [command.program, command.args];
  const child = execa(program, args, options);
  const { pid } = child;
  if (pid !== undefined) {
    holdGroup(pid);
  }
  const ended = child.then((result): SpawnedEnd => {
    if (pid !== undefined) {
      releaseGroup(pid);
    }
    return {
      exitStatus: result.exitCode,
      signal: result.signal,
      stdout: typeof result.stdout === 'string' ? result.stdout : '',
      stderr: typeof result.stderr === 'string' ? result.stderr : '',
      refusal: pid === undefined ? refusal(command, result) : undefined,
    };
  });
  return {
    command,
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    stop: (graceMilliseconds) => {
      if (pid !== undefined) {
        signalGroup(pid, 'SIGTERM');
        void Promise.race([ended, sleep(graceMilliseconds, undefined, { ref: false })]).then(() =>
          // The command itself may have ended and have left others.
          signalGroup(pid, 'SIGKILL'),
        );
        void letGo(child);
      }
    },
  };
}

/** The master of a shared ssh connection holds the streams as long as the host's command runs: nobody waits for that. */
async function letGo(
  child: Pick<ChildProcess, 'exitCode' | 'signalCode' | 'once' | 'stdout' | 'stderr'>,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
  await sleep(restMilliseconds);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

const opensInput = ({ args }: Command): boolean => args.some((arg) => arg.endsWith('/dev/stdin'));

/** What this process writes to is a socket, which nobody can open by its name; `cat` makes a pipe of it. */
const throughPipe = ({ program, args }: Command): [string, readonly string[]] => [
  'sh',
  ['-c', String(sh`cat | "$0" "$@"`), program, ...args],
];

function inputOptions(input: SpawnOptions['input']): Options {
  if (input === 'nothing') {
    return { stdin: 'ignore' };
  }
  if (input === 'pipe') {
    return { stdin: 'pipe' };
  }
  return 'file' in input ? { inputFile: input.file } : { input: input.text };
}

function refusal(
  { program, folder }: Command,
  { code, originalMessage }: { readonly code?: string; readonly originalMessage?: string },
): string {
  return code === 'ENOENT' && folder === undefined
    ? `${program} is not installed, or not on the PATH`
    : `${program} could not be started: ${originalMessage ?? code ?? 'for an unknown reason'}`;
}

/** Leaders of the process groups that run now; what is left of them ends with this process. */
const running = new Set<number>();
let installed = false;

/** Signals a command and all that it has started. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends the group with this process, until it is released. */
export function holdGroup(leader: number): void {
  running.add(leader);
  if (!installed) {
    installed = true;
    process.on('exit', () => killGroups());
  }
}

export function releaseGroup(leader: number): void {
  running.delete(leader);
}

/** Ends every group at once, without a chance to clean up. */
export function killGroups(): void {
  for (const leader of running) {
    signalGroup(leader, 'SIGKILL');
  }
}
