import { appendFileSync, closeSync, constants, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { onFile } from '../../files/file-problem.ts';
import { MadeFolders } from '../../files/made-folders.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { visibleLine } from '../../text/visible.ts';
import type { Command, CommandResult } from './command.ts';
import { commandLine } from './shell-line.ts';

/** What is kept of a command's standard error. */
const tailLines = 20;

/** Takes down every command that was run. */
export interface CommandLog {
  write(command: Command, result: CommandResult): void;
}

export interface CommandLogProps {
  /** Takes secrets out of a text, should a command have one after all. */
  readonly hide: (text: string) => string;
  /** Is told when the file takes no more. */
  readonly tell: (text: string) => void;
}

/** A file that its owner alone can read; runs are appended. */
export class CommandLogFile implements CommandLog {
  readonly path: string;
  private readonly hide: (text: string) => string;
  private readonly tell: (text: string) => void;
  private isBroken = false;

  /** @throws PodhostError when the file system refuses, or something else is in the place of the log */
  constructor(path: string, title: string, { hide, tell }: CommandLogProps) {
    this.path = path;
    this.hide = hide;
    this.tell = tell;
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

  /** What is half done must not be left there because nobody can take it down any more. */
  private append(text: string): void {
    try {
      appendFileSync(this.path, text);
    } catch (error) {
      if (!this.isBroken) {
        this.isBroken = true;
        this.tell(`Commands are missing in the log from here on: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}

/** Neither follows a link nor waits for the reader of a pipe. */
function beginLog(path: string, text: string): void {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  const descriptor = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile() || status.nlink > 1) {
      const message = `${path} is ${status.isFile() ? 'one of several hard links' : 'no regular file'}, so no log is written to it`;
      throw new PodhostError([{ code: 'deploy/log', message, suggestion: 'move it, then run it again' }]);
    }
    // Somebody may have made the file before, for everybody to read.
    fchmodSync(descriptor, 0o600);
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** A manifest on standard input would fill the log; the dry run shows it. */
const withoutText = (command: Command): string =>
  commandLine(
    command.input !== undefined && 'text' in command.input ? { ...command, input: { file: '/dev/stdin' } } : command,
  ).line;
