import { killGroups } from './command/spawned-process.ts';

const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const names = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', SIGHUP: 'the end of the terminal' } as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Exit status of a process that a signal ended; undefined when there was no signal. */
  readonly exitStatus: number | undefined;
  /** Stops the run with a reason. */
  stop(reason: string): void;
  /** Removes the signal handlers. */
  release(): void;
}

/**
 * Turns SIGINT, SIGTERM and SIGHUP into a clean stop. A second signal kills the running commands.
 *
 * @param report prints a message for the user
 */
export function listenForInterrupts(report: (text: string) => void): Interrupts {
  const controller = new AbortController();
  let exitStatus: number | undefined;
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const handler = () => {
      if (controller.signal.aborted) {
        killGroups();
        return;
      }
      exitStatus = statuses[signal];
      report('Stopping: waiting for the running commands to end. A second signal kills them.');
      controller.abort(names[signal]);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return {
    signal: controller.signal,
    get exitStatus() {
      return exitStatus;
    },
    stop: (reason) => controller.abort(reason),
    release: () => {
      for (const release of handlers) {
        release();
      }
    },
  };
}
