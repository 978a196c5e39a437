import type { ActionEnd, Reporter } from './reporter.ts';

/** Progress in a log would be a line for every object. */
const tellEveryMilliseconds = 2_000;

/** Where nothing new is to be told, a line now and then says that it goes on. */
const repeatEvery = 15;

/** A line for everything that ends, and some for what takes long, for a log. */
export class PlainReporter implements Reporter {
  private readonly write: (line: string) => void;
  private readonly latest = new Map<string, string>();
  private told = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private step = '';

  constructor(write: (line: string) => void) {
    this.write = write;
  }

  stepStarted(title: string): void {
    this.step = title;
    this.timer = setInterval(() => this.tellLatest(), tellEveryMilliseconds);
  }

  actionStarted(title: string): void {
    this.latest.set(title, `${title} …`);
  }

  actionTold(title: string, text: string): void {
    this.latest.set(title, `${title}: ${text}`);
  }

  actionEnded(title: string, end: ActionEnd): void {
    this.latest.delete(title);
    this.write(`${this.step}: ${title}: ${endText(end)}`);
  }

  async stepEnded(): Promise<void> {
    clearInterval(this.timer);
  }

  private tellLatest(): void {
    const told = new Map<string, number>();
    for (const line of this.latest.values()) {
      const times = this.told.get(line) ?? 0;
      told.set(line, times + 1);
      if (times % repeatEvery === 0) {
        this.write(`${this.step}: ${line}`);
      }
    }
    this.told = told;
  }
}

/** How an action ended, in words. */
export function endText(end: ActionEnd): string {
  switch (end.kind) {
    case 'done':
      return `done in ${(end.milliseconds / 1_000).toFixed(1)} s`;
    case 'already so':
      return `already so, ${end.reason}`;
    case 'failed':
      return 'failed';
  }
}
