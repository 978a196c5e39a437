/** Result of an action. */
export type ActionEnd =
  /** `commands` is the number of commands that ran. */
  | { readonly kind: 'done'; readonly milliseconds: number; readonly commands: number }
  | { readonly kind: 'up to date'; readonly reason: string }
  | { readonly kind: 'failed' };

/** Shows the progress of a run. */
export interface Reporter {
  stepStarted(title: string): void;
  actionStarted(title: string): void;
  /** Shows the progress of an action. */
  actionProgress(title: string, text: string): void;
  actionEnded(title: string, end: ActionEnd): void;
  stepEnded(failed: boolean): Promise<void>;
}

/** A log would otherwise have a line for every object. */
const reportIntervalMilliseconds = 2_000;

/** An unchanged line is repeated after this number of intervals. */
const repeatEvery = 15;

/** Prints a line for each action that ended and progress lines for long actions, for a log. */
export class PlainReporter implements Reporter {
  private readonly write: (line: string) => void;
  private readonly latest = new Map<string, string>();
  private reported = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private step = '';

  constructor(write: (line: string) => void) {
    this.write = write;
  }

  stepStarted(title: string): void {
    this.step = title;
    this.timer = setInterval(() => this.reportLatest(), reportIntervalMilliseconds);
  }

  actionStarted(title: string): void {
    this.latest.set(title, `${title} …`);
  }

  actionProgress(title: string, text: string): void {
    this.latest.set(title, `${title}: ${text}`);
  }

  actionEnded(title: string, end: ActionEnd): void {
    this.latest.delete(title);
    this.write(`${this.step}: ${title}: ${endText(end)}`);
  }

  async stepEnded(): Promise<void> {
    clearInterval(this.timer);
  }

  private reportLatest(): void {
    const reported = new Map<string, number>();
    for (const line of this.latest.values()) {
      const times = this.reported.get(line) ?? 0;
      reported.set(line, times + 1);
      if (times % repeatEvery === 0) {
        this.write(`${this.step}: ${line}`);
      }
    }
    this.reported = reported;
  }
}

/** Result of an action as text. */
export function endText(end: ActionEnd): string {
  switch (end.kind) {
    case 'done':
      return `done in ${(end.milliseconds / 1_000).toFixed(1)} s`;
    case 'up to date':
      return `up to date, ${end.reason}`;
    case 'failed':
      return 'failed';
  }
}

/** Counts actions and passes everything to another reporter. */
export class Tally implements Reporter {
  /** Actions that ended, with any result. */
  ended = 0;
  /** Actions that ran a command; the others were up to date or only verified something. */
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

  actionProgress(title: string, text: string): void {
    this.reporter.actionProgress(title, text);
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
