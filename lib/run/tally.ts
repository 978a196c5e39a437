import type { ActionEnd, Reporter } from './reporter.ts';

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
