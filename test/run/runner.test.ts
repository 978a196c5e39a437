import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import type { Command } from '../../lib/run/command/command.ts';
import { type Interrupted, outcomeText } from '../../lib/run/outcome.ts';
import { runSteps } from '../../lib/run/runner.ts';
import type { Action, Step } from '../../lib/run/step.ts';
import { RecordingReporter } from './support/recording-reporter.ts';
import { failed, RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

const echo = (...args: readonly string[]): Command => ({ program: 'echo', args });
const step = (name: string, ...actions: readonly Action[]): Step<string> => ({
  name,
  title: name,
  actions: async () => actions,
});
const error = (message: string) => new PodhostError([{ code: 'test/error', message }], 3);

async function run(runner: RecordingRunner, steps: readonly Step<string>[], signal?: AbortSignal) {
  const reporter = new RecordingReporter();
  const context = testContext({ runner, ...(signal && { signal }) });
  return { reporter, outcome: await runSteps(steps, { context, reporter }) };
}

function interrupted(outcome: Awaited<ReturnType<typeof run>>['outcome']): Interrupted {
  if ('error' in outcome) {
    return outcome;
  }
  throw new Error('the run was completed');
}

describe('a run', () => {
  test('a run checks, runs and verifies each action of each step in order', async () => {
    const runner = new RecordingRunner();
    const look = async () => {
      runner.lines.push('look');
      return undefined;
    };
    const verify = async () => {
      runner.lines.push('prove');
    };
    const { outcome } = await run(runner, [
      step('one', { title: 'A', upToDate: look, commands: [echo('a'), echo('b')], verify }),
      step('two', { title: 'B', commands: [echo('c')] }),
    ]);
    expect(runner.lines).toEqual(['look', 'echo a', 'echo b', 'prove', 'echo c']);
    expect(outcome).toEqual({ done: ['one', 'two'] });
  });

  test('leaves alone what is up to date', async () => {
    const runner = new RecordingRunner();
    const action = { title: 'A', upToDate: async () => 'it exists', commands: [echo('a')] };
    const { reporter } = await run(runner, [step('one', action)]);
    expect([runner.lines, reporter.lines]).toEqual([[], ['> one', 'A: up to date', '<']]);
  });

  test('the progress of an action comes from the output of its commands', async () => {
    const runner = new RecordingRunner({ 'echo a': 'x\ny\n' });
    const progress = (line: string) => (line === 'x' ? undefined : `got ${line}`);
    const { reporter } = await run(runner, [step('one', { title: 'A', commands: [echo('a')], progress })]);
    expect(reporter.lines).toEqual(['> one', 'A: got y', 'A: done', '<']);
  });

  test('runs at most as many actions at once as the step allows', async () => {
    let now = 0;
    let most = 0;
    const action = (index: number): Action => ({
      title: `${index}`,
      commands: [],
      verify: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
      },
    });
    await run(new RecordingRunner(), [{ ...step('one', ...[1, 2, 3, 4, 5, 6, 7].map(action)), parallel: 3 }]);
    expect(most).toBe(3);
  });
});

describe('after a failure', () => {
  test('a failed command rolls its action back in reverse order and ends the run', async () => {
    const runner = new RecordingRunner({ 'echo bad': failed('no room') });
    const { outcome, reporter } = await run(runner, [
      step('zero', { title: 'Z', commands: [echo('z')], rollback: [echo('never')] }),
      step('one', { title: 'A', commands: [echo('good'), echo('bad'), echo('c')], rollback: [echo('u1'), echo('u2')] }),
      step('two', { title: 'B', commands: [echo('d')] }),
    ]);
    expect(runner.lines).toEqual(['echo z', 'echo good', 'echo bad', 'echo u2', 'echo u1']);
    expect(reporter.lines.slice(-2)).toEqual(['A: failed', '< failed']);
    expect(interrupted(outcome).error.message).toBe('echo bad ended with status 1\n    no room');
    expect(outcomeText(interrupted(outcome))).toBe(`Stopped in step one, at: A.
Rolled back: A.
Completed: zero. Not started: two.
The next run checks each step again, skips what is up to date, and continues at one.`);
  });

  test('a failed rollback is reported', async () => {
    const runner = new RecordingRunner({ 'echo bad': failed('x'), 'echo undo': failed('y') });
    const { outcome } = await run(runner, [
      step('one', { title: 'A', commands: [echo('bad')], rollback: [echo('undo')] }),
    ]);
    expect(outcomeText(interrupted(outcome))).toContain(
      'The rollback failed too, so this action may be incomplete: A.',
    );
  });

  test('a failed verification rolls the action back', async () => {
    const runner = new RecordingRunner();
    const verify = () => Promise.reject(error('not there'));
    const action = { title: 'A', commands: [echo('a')], verify, rollback: [echo('u')] };
    const { outcome } = await run(runner, [step('one', action)]);
    expect([runner.lines, interrupted(outcome).error.message]).toEqual([['echo a', 'echo u'], 'not there']);
  });

  test('nothing is rolled back when no command ran', async () => {
    const runner = new RecordingRunner();
    const upToDate = () => Promise.reject(error('cannot look'));
    const { outcome } = await run(runner, [
      step('one', { title: 'A', upToDate, commands: [echo('a')], rollback: [echo('u')] }),
    ]);
    expect([runner.lines, interrupted(outcome).rollback?.succeeded]).toEqual([[], undefined]);
  });

  test('the action says what is behind it', async () => {
    const runner = new RecordingRunner({ 'echo bad': failed('exit') });
    const explain = async () => ({ code: 'test/why', message: 'the disk is full' });
    const { outcome } = await run(runner, [step('one', { title: 'A', commands: [echo('bad')], explain })]);
    expect(interrupted(outcome).error.code).toBe('test/why');
  });

  test('what runs beside it is waited for, and nothing else is begun', async () => {
    const runner = new RecordingRunner({ 'echo bad': failed('x') });
    const slow = { title: 'S', commands: [], verify: () => new Promise<void>((resolve) => setTimeout(resolve, 20)) };
    const steps = [
      {
        ...step('one', { title: 'A', commands: [echo('bad')] }, slow, { title: 'N', commands: [echo('n')] }),
        parallel: 2,
      },
    ];
    const { reporter } = await run(runner, steps);
    expect([runner.lines, reporter.lines]).toEqual([['echo bad'], ['> one', 'A: failed', 'S: done', '< failed']]);
  });

  test('a defect is not hidden', async () => {
    const verify = () => Promise.reject(new Error('defect'));
    await expect(run(new RecordingRunner(), [step('one', { title: 'A', commands: [], verify })])).rejects.toThrow(
      'defect',
    );
  });
});

describe('Ctrl-C', () => {
  test('a stop rolls the running action back and reports where the run stopped', async () => {
    const controller = new AbortController();
    const stop = () => {
      controller.abort('Ctrl-C');
      return { exitStatus: undefined, stderr: 'it was stopped' };
    };
    const runner = new RecordingRunner({ 'echo long': stop });
    const action = { title: 'A', commands: [echo('long'), echo('more')], rollback: [echo('u')] };
    const { outcome } = await run(runner, [step('one', action), step('two')], controller.signal);
    expect(runner.lines).toEqual(['echo long', 'echo u']);
    expect(interrupted(outcome)).toMatchObject({ stopped: true, step: 'one', action: 'A', notReached: ['two'] });
    expect(interrupted(outcome).error.message).toBe('stopped by Ctrl-C');
  });

  test('between two steps begins nothing', async () => {
    const runner = new RecordingRunner();
    const { outcome } = await run(
      runner,
      [step('one', { title: 'A', commands: [echo('a')] })],
      AbortSignal.abort('SIGTERM'),
    );
    expect([runner.lines, interrupted(outcome).error.message]).toEqual([[], 'stopped by SIGTERM']);
  });

  const stopping = () => {
    const controller = new AbortController();
    return { signal: controller.signal, stop: () => controller.abort('Ctrl-C') };
  };
  const stopped = (outcome: Awaited<ReturnType<typeof run>>['outcome']) => {
    const { error: told, step: at, action, stopped: isStopped } = interrupted(outcome);
    return { message: told.message, at, action, isStopped };
  };

  test('a stop during a lookup ends the run whatever the lookup returns', async () => {
    for (const answer of [async () => 'as far as can be seen', () => Promise.reject(error('did not end'))]) {
      const { signal, stop } = stopping();
      const upToDate = () => {
        stop();
        return answer();
      };
      const { outcome } = await run(
        new RecordingRunner(),
        [step('one', { title: 'A', upToDate, commands: [] })],
        signal,
      );
      expect(stopped(outcome)).toEqual({ message: 'stopped by Ctrl-C', at: 'one', action: 'A', isStopped: true });
    }
  });

  test('a stop during a verification ends the run whatever it returns', async () => {
    for (const answer of [async () => {}, () => Promise.reject(error('did not end'))]) {
      const { signal, stop } = stopping();
      const verify = () => {
        stop();
        return answer();
      };
      const { outcome } = await run(new RecordingRunner(), [step('one', { title: 'A', commands: [], verify })], signal);
      expect(stopped(outcome)).toEqual({ message: 'stopped by Ctrl-C', at: 'one', action: 'A', isStopped: true });
    }
  });

  test('while a step finds out what there is to do stops in that step, whatever it has found', async () => {
    for (const answer of [async () => [], () => Promise.reject(error('did not end'))]) {
      const { signal, stop } = stopping();
      const actions = () => {
        stop();
        return answer();
      };
      const { outcome } = await run(new RecordingRunner(), [{ name: 'one', title: 'one', actions }], signal);
      expect(stopped(outcome)).toEqual({
        ...{ message: 'stopped by Ctrl-C', at: 'one', isStopped: true },
        action: undefined,
      });
    }
  });

  test('after a failure does not hide what has failed', async () => {
    const { signal, stop } = stopping();
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stop();
    };
    const steps = [
      {
        ...step('one', { title: 'A', commands: [echo('bad')] }, { title: 'S', commands: [], verify: slow }),
        parallel: 2,
      },
    ];
    const { outcome } = await run(new RecordingRunner({ 'echo bad': failed('no room') }), steps, signal);
    expect(interrupted(outcome).error.message).toContain('no room');
  });
});

test('a full disk of this machine is reported with where the run stopped', async () => {
  const verify = async () => writeFileSync('/dev/full', 'text');
  const { outcome } = await run(new RecordingRunner(), [step('one', { title: 'A', commands: [], verify })]);
  expect(interrupted(outcome)).toMatchObject({ step: 'one', action: 'A', stopped: false });
  expect(interrupted(outcome).error.code).toBe('deploy/this-machine');
});
