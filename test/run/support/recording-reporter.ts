import type { ActionEnd, Reporter } from '../../../lib/run/reporter.ts';

/** Takes down what a run shows. */
export class RecordingReporter implements Reporter {
  readonly lines: string[] = [];

  stepStarted(title: string): void {
    this.lines.push(`> ${title}`);
  }

  actionStarted(): void {}

  actionProgress(title: string, text: string): void {
    this.lines.push(`${title}: ${text}`);
  }

  actionEnded(title: string, { kind }: ActionEnd): void {
    this.lines.push(`${title}: ${kind}`);
  }

  async stepEnded(failed: boolean): Promise<void> {
    this.lines.push(failed ? '< failed' : '<');
  }
}
