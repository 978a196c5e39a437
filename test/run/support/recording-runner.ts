import type { Command, CommandResult, CommandRunner, RunOptions } from '../../../lib/run/command/command.ts';
import { shellLine } from '../../../lib/run/command/shell-line.ts';

/** What a command answers: its standard output, or how it failed. */
export type Answer = string | Partial<CommandResult>;

/** Takes down commands as lines and answers from a table of their beginnings. */
export class RecordingRunner implements CommandRunner {
  readonly lines: string[] = [];
  private readonly answers: Readonly<Record<string, Answer | ((command: Command) => Answer)>>;

  constructor(answers: Readonly<Record<string, Answer | ((command: Command) => Answer)>> = {}) {
    this.answers = answers;
  }

  async run(command: Command, { onLine }: RunOptions = {}): Promise<CommandResult> {
    const line = shellLine(command);
    this.lines.push(line);
    const own = shellLine({ program: command.program, args: command.args });
    const [, answer = ''] = Object.entries(this.answers).find(([start]) => own.startsWith(start)) ?? [];
    const given = typeof answer === 'function' ? answer(command) : answer;
    const result = typeof given === 'string' ? { stdout: given } : given;
    const whole = { exitStatus: 0, stdout: '', stderr: '', milliseconds: 1, ...result };
    for (const printed of whole.stdout.split('\n').filter((text) => text !== '')) {
      onLine?.(printed);
    }
    return whole;
  }
}

/** A command that failed. */
export const failed = (stderr: string, exitStatus = 1): Partial<CommandResult> => ({ exitStatus, stderr });
