import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import { sh } from '../../text/shell.ts';
import type { Command } from './command.ts';

/** How long the last output of a stopped command may take to arrive. */
const restMilliseconds = 500;

/** A running command. */
export interface SpawnedProcess {
  readonly command: Command;
  /** Null when the command has no standard input. */
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly ended: Promise<SpawnedEnd>;
  /** Sends SIGTERM to the command and its child processes, and SIGKILL after the grace period. */
  stop(graceMilliseconds: number): void;
}

export interface SpawnedEnd {
  readonly exitStatus: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Reason why it did not start. */
  readonly refusal: string | undefined;
}

export interface SpawnOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Standard input: a file, a text, or what the caller writes. */
  readonly input: { readonly file: string } | { readonly text: string } | 'pipe' | 'nothing';
  /** Whether standard output is kept. Otherwise the caller must read it. */
  readonly keepOutput: boolean;
}

/** Starts a command as the leader of its own session, so that Ctrl-C on the terminal reaches only this process. */
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
          // The command may have ended and left child processes.
          signalGroup(pid, 'SIGKILL'),
        );
        void detachStreams(child);
      }
    },
  };
}

/** Closes the streams, because the master of a shared ssh connection keeps them open as long as the command of the host runs. */
async function detachStreams(
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

/** Node.js passes a socket as standard input, which cannot be opened by its path; `cat` turns it into a pipe. */
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

/** Leaders of the running process groups, which end with this process. */
const running = new Set<number>();
let installed = false;

/** Signals a command and its child processes. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // The group has already ended.
  }
}

/** Makes the group end with this process, until it is released. */
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

/** Kills every group immediately. */
export function killGroups(): void {
  for (const leader of running) {
    signalGroup(leader, 'SIGKILL');
  }
}
