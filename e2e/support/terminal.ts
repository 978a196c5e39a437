import { createWriteStream, type WriteStream } from 'node:fs';
import { run } from '../parts/process.ts';

const onTerminal = [
  'keyboard=$1; shift',
  `command="stty cols 160 rows 50; exec $(printf " '%s'" "$@")"`,
  'exec script --quiet --return --command "$command" /dev/null < "$keyboard"',
].join('\n');

/** A terminal for one command, with somebody who types. */
export class Terminal {
  private readonly keyboard: WriteStream;
  private readonly fifo: string;

  private constructor(fifo: string) {
    this.fifo = fifo;
    // Open for both, it neither waits for a reader nor ends for one.
    this.keyboard = createWriteStream(fifo, { flags: 'r+' });
  }

  static async at(fifo: string): Promise<Terminal> {
    await run('mkfifo', [fifo]);
    return new Terminal(fifo);
  }

  /** What is put before a command, as `env` would be, for it to run on this terminal. */
  get through(): readonly string[] {
    return ['sh', '-c', onTerminal, 'sh', this.fifo];
  }

  type(line: string): void {
    this.keyboard.write(`${line}\r`);
  }

  close(): void {
    this.keyboard.destroy();
  }
}

/** What a terminal showed one after the other: a picture ends where the next one is drawn over it. */
export const pictures = (printed: string): string[] =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told what to do by them
  printed.split(/(?:\x1b\[2K\x1b\[1A)+\x1b\[2K\x1b\[G/);
