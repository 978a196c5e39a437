/** How an action ended. */
export type ActionEnd =
  /** `commands` counts those that it has run. */
  | { readonly kind: 'done'; readonly milliseconds: number; readonly commands: number }
  | { readonly kind: 'already so'; readonly reason: string }
  | { readonly kind: 'failed' };

/** Shows how a run goes on. */
export interface Reporter {
  stepStarted(title: string): void;
  actionStarted(title: string): void;
  /** Where an action stands. */
  actionTold(title: string, text: string): void;
  actionEnded(title: string, end: ActionEnd): void;
  stepEnded(failed: boolean): Promise<void>;
}

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

/** Counts what a run has done while another reporter shows it. */
export class Tally implements Reporter {
  /** Actions that came to an end, whatever it was. */
  ended = 0;
  /** Actions of which a command has run; the others were up to date, or only looked. */
  acted = 0;
  private readonly reporter: Reporter;

  constructor(reporter: Reporter) {
    this.reporter = reporter;
  }

  stepStarted(title: string): void {
    this.reporter.stepStarted(title);
  }

  actionStarted(title: string): void {
    this.reporter.actionStarted(title);
  }

  actionTold(title: string, text: string): void {
    this.reporter.actionTold(title, text);
  }

  actionEnded(title: string, end: ActionEnd): void {
    this.ended += 1;
    this.acted += end.kind === 'done' && end.commands > 0 ? 1 : 0;
    this.reporter.actionEnded(title, end);
  }

  stepEnded(failed: boolean): Promise<void> {
    return this.reporter.stepEnded(failed);
  }
}
