import { killGroups } from './command/spawned-process.ts';

const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const names = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', SIGHUP: 'the end of the terminal' } as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** What a process that a signal ended exits with; undefined when none came. */
  readonly exitStatus: number | undefined;
  /** Stops the run for another reason. */
  stop(reason: string): void;
  /** Leaves signals to the system again. */
  release(): void;
}

/**
 * Turns the signals that end a process into a clean stop; the second one ends the running commands at once.
 *
 * @param tell is told what happens
 */
export function listenForInterrupts(tell: (text: string) => void): Interrupts {
  const controller = new AbortController();
  let exitStatus: number | undefined;
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => {
    const handler = () => {
      if (controller.signal.aborted) {
        killGroups();
        return;
      }
      exitStatus = statuses[signal];
      tell('Stopping: waiting for the running commands to end. Once more ends them at once.');
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
