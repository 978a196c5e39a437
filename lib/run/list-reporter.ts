import {
  type DefaultRenderer,
  Listr,
  ListrLogger,
  type ListrTaskWrapper,
  ProcessOutput,
  type SimpleRenderer,
} from 'listr2';
import { visible } from '../text/visible.ts';
import type { ActionEnd, Reporter } from './reporter.ts';
import { endText } from './reporter.ts';

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

interface ShownStep {
  readonly task: Task;
  readonly lines: Map<string, string>;
  readonly end: (failed: boolean) => void;
  readonly ended: Promise<void>;
}

/** Draws a step with its actions on a terminal and redraws it on progress. */
export class ListReporter implements Reporter {
  private readonly processOutput: ProcessOutput;
  private shown: Promise<ShownStep> | undefined;

  constructor(output: NodeJS.WriteStream) {
    this.processOutput = new ProcessOutput(output, output);
  }

  stepStarted(name: string): void {
    const title = visible(name);
    const logger = new ListrLogger({ useIcons: true, toStderr: [], processOutput: this.processOutput });
    this.shown = new Promise((resolve) => {
      const lines = new Map<string, string>();
      let end: (failed: boolean) => void = () => {};
      const over = new Promise<boolean>((finish) => {
        end = finish;
      });
      const list = new Listr(
        [
          {
            title,
            task: async (_, task) => {
              resolve({ task, lines, end, ended });
              if (await over) {
                throw new Error(title);
              }
            },
            // The last output contains all previous lines.
            rendererOptions: { outputBar: 1, persistentOutput: true },
          },
        ],
        {
          exitOnError: false,
          registerSignalListeners: false,
          rendererOptions: {
            showErrorMessage: false,
            logger,
          },
          fallbackRendererOptions: { logger },
        },
      );
      const ended: Promise<void> = Promise.resolve().then(async () => {
        await list.run();
      });
    });
  }

  actionStarted(title: string): void {
    this.draw(title, title);
  }

  actionProgress(title: string, text: string): void {
    this.draw(title, `${title}: ${text}`);
  }

  actionEnded(title: string, end: ActionEnd): void {
    this.draw(title, `${title}: ${endText(end)}`);
  }

  async stepEnded(failed: boolean): Promise<void> {
    const step = await this.shown;
    if (step?.lines.size === 0 && !failed) {
      step.task.skip(`${step.task.title}: nothing to do`);
    }
    step?.end(failed);
    await step?.ended;
  }

  private draw(title: string, line: string): void {
    void this.shown?.then(({ task, lines }) => {
      lines.set(title, visible(line));
      task.output = [...lines.values()].join('\n');
    });
  }
}
