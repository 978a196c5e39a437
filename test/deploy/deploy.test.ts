import { describe, expect, test } from 'vitest';
import { deploy } from '../../lib/deploy/deploy.ts';
import type { Step } from '../../lib/run/step.ts';
import { RecordingReporter } from '../run/support/recording-reporter.ts';
import { failed, RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

const lease = JSON.stringify({ metadata: { name: 'podhost-shop', resourceVersion: '1' }, spec: {} });
const answers = { 'kubectl create --filename=- --output=json': lease, 'kubectl replace': lease };
const step = (name: string): Step<string> => ({
  name,
  title: name,
  actions: async () => [{ title: name, commands: [{ program: 'work', args: [name] }] }],
});

async function run(runner: RecordingRunner, ...names: readonly string[]) {
  const context = testContext({ runner });
  const steps = names.map(step);
  const result = await deploy({ context, steps, reporter: new RecordingReporter(), onLost: () => {} });
  const lines = runner.lines.map((line) => (line.includes('kubectl') ? (/kubectl \w+/.exec(line)?.[0] ?? line) : line));
  return { ...result, lines };
}

describe('a deployment', () => {
  test('holds the Lease while it works, and gives it back', async () => {
    const { lines } = await run(new RecordingRunner(answers), 'secrets', 'apply');
    expect(lines).toEqual(['kubectl get', 'kubectl create', 'work secrets', 'work apply', 'kubectl replace']);
  });

  test('gives it back after a failure, too', async () => {
    const { lines, outcome } = await run(
      new RecordingRunner({ ...answers, 'work secrets': failed('x') }),
      'secrets',
      'apply',
    );
    expect(lines.slice(-2)).toEqual(['work secrets', 'kubectl replace']);
    expect(outcome).toMatchObject({ step: 'secrets', notReached: ['apply'] });
  });

  test('makes the cluster first where there is none, and takes the Lease then', async () => {
    let isThere = false;
    const runner = new RecordingRunner({
      ...answers,
      'kubectl get lease': () => (isThere ? '' : failed('connection refused')),
      'work k3s': () => {
        isThere = true;
        return '';
      },
    });
    const { lines, outcome } = await run(runner, 'preflight', 'k3s', 'secrets');
    expect(lines).toEqual([
      ...['kubectl get', 'work preflight', 'kubectl get', 'work k3s'],
      ...['kubectl get', 'kubectl create', 'work secrets', 'kubectl replace'],
    ]);
    expect(outcome).toEqual({ done: ['preflight', 'k3s', 'secrets'] });
  });

  test('asks once, after the preflight and before anything is changed', async () => {
    const asked: number[] = [];
    const runner = new RecordingRunner(answers);
    const count = () => runner.lines.filter((line) => line.startsWith('work')).length;
    await deploy({
      ...{ context: testContext({ runner }), reporter: new RecordingReporter(), onLost: () => {} },
      steps: ['preflight', 'secrets', 'apply'].map(step),
      ask: async () => {
        asked.push(count());
      },
    });
    expect(asked).toEqual([1]);
  });

  test('a run counts the actions that ended and the actions that ran a command', async () => {
    const looks: Step<string> = {
      name: 'verify',
      title: 'verify',
      actions: async () => [{ title: 'x', commands: [] }],
    };
    const so: Step<string> = {
      name: 'apply',
      title: 'apply',
      actions: async () => [{ title: 'y', commands: [{ program: 'work', args: [] }], upToDate: async () => 'it is' }],
    };
    const { ended, acted } = await deploy({
      context: testContext({ runner: new RecordingRunner(answers) }),
      steps: [step('secrets'), so, looks],
      reporter: new RecordingReporter(),
      onLost: () => {},
    });
    expect([ended, acted]).toEqual([3, 1]);
  });

  test('a preflight alone needs no Lease', async () => {
    const { lines } = await run(new RecordingRunner(answers), 'preflight');
    expect(lines).toEqual(['work preflight']);
  });

  test('does nothing when another run holds it', async () => {
    const held = JSON.stringify({
      metadata: { name: 'podhost-shop', resourceVersion: '1' },
      spec: { holderIdentity: 'eva', leaseDurationSeconds: 60, renewTime: '2126-01-01T00:00:00.000000Z' },
    });
    const { lines, outcome } = await run(new RecordingRunner({ 'kubectl get lease': held }), 'preflight', 'secrets');
    expect(lines).toEqual(['kubectl get']);
    expect(outcome).toMatchObject({ step: 'preflight', error: { code: 'deploy/already-running', exitStatus: 3 } });
  });
});
