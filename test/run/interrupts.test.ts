import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { holdGroup, releaseGroup } from '../../lib/run/command/spawned-process.ts';
import { type Interrupts, listenForInterrupts } from '../../lib/run/interrupts.ts';

const told: string[] = [];
let interrupts: Interrupts | undefined;

/** What the system would call; nobody else's listeners are. */
function listening(signal: NodeJS.Signals): () => void {
  const before = process.listeners(signal);
  interrupts = listenForInterrupts((text) => told.push(text));
  const added = process.listeners(signal).filter((listener) => !before.includes(listener));
  return () => {
    for (const listener of added) {
      listener(signal);
    }
  };
}

afterEach(() => {
  interrupts?.release();
  told.length = 0;
});

describe('a signal', () => {
  test.each([
    ['SIGINT', 130, 'Ctrl-C'],
    ['SIGTERM', 143, 'SIGTERM'],
    ['SIGHUP', 129, 'the end of the terminal'],
  ] as const)('%s stops the run and makes the exit status %d', (signal, status, name) => {
    listening(signal)();
    expect(interrupts?.signal.reason).toBe(name);
    expect(interrupts?.exitStatus).toBe(status);
    expect(told).toEqual(['Stopping: waiting for the running commands to end. A second signal kills them.']);
  });

  test('that comes a second time ends what runs at once, and says nothing new', async () => {
    const press = listening('SIGINT');
    const child = spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 0.05; done'], {
      detached: true,
      stdio: 'ignore',
    });
    const pid = child.pid ?? 0;
    holdGroup(pid);
    const ended = once(child, 'exit');
    press();
    expect(child.exitCode ?? child.signalCode).toBeNull();
    press();
    expect(await ended).toEqual([null, 'SIGKILL']);
    releaseGroup(pid);
    expect(told).toHaveLength(1);
  });

  test('is left to the system again when the run is over', () => {
    const before = process.listenerCount('SIGINT');
    listening('SIGINT');
    interrupts?.release();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
