import { appendFileSync, chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { shellLine } from '../script/shell-line.ts';
import type { Command, CommandResult } from './command.ts';

/** What is kept of a command's standard error. */
const tailLines = 20;

/** Takes down every command that was run. */
export interface CommandLog {
  write(command: Command, result: CommandResult): void;
}

/** A file that its owner alone can read; runs are appended. */
export class CommandLogFile implements CommandLog {
  readonly path: string;
  private readonly hide: (text: string) => string;

  /**
   * @param hide takes secrets out of a text, should a command have one after all
   * @throws Error of the file system
   */
  constructor(path: string, title: string, hide: (text: string) => string) {
    this.path = path;
    this.hide = hide;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, `\n# ${new Date().toISOString()} ${title}, process ${process.pid}\n`, { mode: 0o600 });
    // Somebody may have made the file before, for everybody to read.
    chmodSync(path, 0o600);
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
    appendFileSync(this.path, this.hide(`${lines.join('\n')}\n`));
  }
}

/** A manifest on standard input would fill the log; the dry run shows it. */
const withoutText = (command: Command): string =>
  shellLine(
    command.input !== undefined && 'text' in command.input ? { ...command, input: { file: '/dev/stdin' } } : command,
  );
