import { appendFileSync, closeSync, constants, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { onFile } from '../../files/call-problem.ts';
import { MadeFolders } from '../../files/made-folders.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { visibleLine } from '../../text/visible.ts';
import type { Command, CommandResult } from './command.ts';
import { commandLine } from './shell-line.ts';

/** Lines of a command's standard error that the log keeps. */
const tailLines = 20;

/** A log of every command that was run. */
export interface CommandLog {
  write(command: Command, result: CommandResult): void;
}

export interface CommandLogProps {
  /** Masks secrets in a text, as a second protection. */
  readonly hide: (text: string) => string;
  /** Receives a message when the file cannot be written any more. */
  readonly report: (text: string) => void;
}

/** A log file that only its owner can read. Each run is appended. */
export class CommandLogFile implements CommandLog {
  readonly path: string;
  private readonly hide: (text: string) => string;
  private readonly report: (text: string) => void;
  private isBroken = false;

  /** @throws PodhostError when the file cannot be created, or its path is not a regular file */
  constructor(path: string, title: string, { hide, report }: CommandLogProps) {
    this.path = path;
    this.hide = hide;
    this.report = report;
    const otherwise = 'set XDG_STATE_HOME to another folder';
    new MadeFolders({ mode: 0o700, otherwise }).make(dirname(path));
    const heading = visibleLine(`# ${new Date().toISOString()} ${title}, process ${process.pid}`);
    onFile({ path, attempt: 'written', otherwise }, () => beginLog(path, `\n${heading}\n`));
  }

  write(command: Command, { exitStatus, milliseconds, stderr }: CommandResult): void {
    const status = exitStatus === undefined ? 'did not end' : `exit status ${exitStatus}`;
    const where = command.on ?? 'here';
    const tail = stderr
      .split('\n')
      .filter((line) => line !== '')
      .slice(-tailLines);
    const lines = [
      `${new Date().toISOString()} ${where}, ${status}, ${milliseconds} ms: ${withoutText(command)}`,
      ...tail.map((line) => `    ${line}`),
    ];
    const hidden = this.hide(lines.join('\n')).split('\n');
    this.append(hidden.map((line) => `${visibleLine(line)}\n`).join(''));
  }

  /** A log that cannot be written is reported once and does not stop the run. */
  private append(text: string): void {
    try {
      appendFileSync(this.path, text);
    } catch (error) {
      if (!this.isBroken) {
        this.isBroken = true;
        this.report(`The log is incomplete from here on: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}

/** Opens the file without following a symbolic link or waiting for the reader of a pipe. */
function beginLog(path: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.nlink > 1) {
      const message = `${path} is ${status.isFile() ? 'one of several hard links' : 'not a regular file'}, so no log is written to it`;
      throw new PodhostError([{ code: 'deploy/log', message, suggestion: 'move it, then run it again' }]);
    }
    // An existing file may be readable by other users.
    fchmodSync(descriptor, 0o600);
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** Leaves out a manifest on standard input: it would fill the log, and the dry run prints it. */
const withoutText = (command: Command): string =>
  commandLine(
    command.input !== undefined && 'text' in command.input ? { ...command, input: { file: '/dev/stdin' } } : command,
  ).line;
