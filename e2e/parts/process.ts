import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupRuns, holdGroup, releaseGroup, signalGroup } from './live-groups.ts';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  readonly cwd?: string;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface StartOptions extends ProcessOptions {
  /** File that gets both output streams, appended. */
  readonly log: string;
}

export interface RunOptions extends ProcessOptions {
  readonly input?: string;
  readonly timeoutMilliseconds?: number;
}

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface RunningProcess {
  readonly command: string;
  readonly pid: number;
  readonly log: string;
  /** Resolves when it has ended, for whatever reason; never rejects. */
  readonly exited: Promise<Exit>;
  readonly running: boolean;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, insists after the grace, and returns when nothing of its group is left. */
  stop(graceMilliseconds?: number): Promise<Exit>;
}

/** Starts a long-running process as the leader of its own group. */
export function start(command: string, args: readonly string[], options: StartOptions): RunningProcess {
  const log = openSync(options.log, 'a');
  const child = spawnGroup(command, args, options, ['ignore', log, log]);
  closeSync(log);
  const pid = pidOf(child, command);
  let running = true;
  const exited = exitOf(child).finally(() => {
    running = false;
    endGroup(pid);
  });
  return {
    command,
    pid,
    log: options.log,
    exited,
    get running() {
      return running;
    },
    kill: (signal) => signalGroup(pid, signal),
    async stop(graceMilliseconds = 5_000) {
      signalGroup(pid, 'SIGTERM');
      const insist = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMilliseconds);
      const exit = await exited;
      clearTimeout(insist);
      while (groupRuns(pid)) await sleep(10);
      return exit;
    },
  };
}

/** Runs a command to its end and returns what it printed; a non-zero exit is an answer, not an error. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawnGroup(command, args, options, ['pipe', 'pipe', 'pipe']);
  const pid = pidOf(child, command);
  const limit = options.timeoutMilliseconds ?? 120_000;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    signalGroup(pid, 'SIGKILL');
  }, limit);
  // A command that does not read its input closes the pipe; its exit status tells what happened.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  const [stdout, stderr, exit] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)]);
  clearTimeout(timer);
  endGroup(pid);
  if (late) throw new Error(`${command} ${args.join(' ')}: not finished after ${limit / 1_000} s\n${stderr}`);
  return { stdout, stderr, exitCode: exit.code ?? 128 };
}

function spawnGroup(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
  stdio: ('ignore' | 'pipe' | number)[],
): ChildProcess {
  // With a death signal the kernel ends it even when this process is killed and can clean up nothing.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio,
    detached: true,
  });
  if (child.pid !== undefined) holdGroup(child.pid);
  return child;
}

function pidOf(child: ChildProcess, command: string): number {
  child.on('error', () => {});
  if (child.pid === undefined) throw new Error(`${command} could not be started: is setpriv (util-linux) on the PATH?`);
  return child.pid;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

function endGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL');
  releaseGroup(pid);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (!stream) return '';
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
