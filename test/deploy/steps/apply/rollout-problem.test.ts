import { describe, expect, test } from 'vitest';
import { notReadyReasons, rolloutProblem } from '../../../../lib/deploy/steps/apply/rollout-problem.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

describe('the problem of a rollout', () => {
  const status = (name: string, more: object = {}) => ({ name, ready: false, restartCount: 3, ...more });
  const crashing = {
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: { terminated: { exitCode: 1, reason: 'Error' } },
  };
  const waiting = { state: { waiting: { reason: 'PodInitializing' } } };
  const pod = (statuses: object) => ({ items: [{ metadata: { name: 'api-1' }, status: statuses }] });

  async function problem(statuses: object, answers: Readonly<Record<string, Answer>>) {
    const runner = new RecordingRunner({
      'kubectl get pods': JSON.stringify(pod(statuses)),
      ...answers,
      'kubectl get': JSON.stringify({ items: [] }),
    });
    const found = await rolloutProblem(testContext({ runner }), 'shop', 'app=api');
    return { lines: found?.details, runner };
  }

  describe('a pod that does not start', () => {
    test('a rollout problem contains the logs of ended containers only', async () => {
      const { lines, runner } = await problem(
        { initContainerStatuses: [status('migrate', crashing)], containerStatuses: [status('api', waiting)] },
        {
          'kubectl logs api-1 --container=migrate': 'migrating\nno database\n',
          'kubectl logs': failed('container is waiting to start'),
        },
      );
      expect(lines).toEqual([
        '  pod api-1: migrate waits: CrashLoopBackOff, it ended with 1 (Error); api waits: PodInitializing',
        '    log of migrate: migrating',
        '    log of migrate: no database',
      ]);
      expect(runner.lines.filter((line) => line.startsWith('kubectl logs'))).toEqual([
        'kubectl logs api-1 --container=migrate --namespace=shop --tail=5',
      ]);
    });

    test('shows no secret that stands in its log or its events', async () => {
      const events = [{ reason: 'Unhealthy', message: 'Readiness probe failed: token: hunter2' }];
      const { lines } = await problem(
        { containerStatuses: [status('api', crashing)] },
        {
          'kubectl get events': JSON.stringify({ items: events }),
          'kubectl logs': 'ERROR: password: hunter2\n',
        },
      );
      expect(lines?.slice(1)).toEqual([
        '    event Unhealthy: Readiness probe failed: token: *******',
        '    log of api: ERROR: password: *******',
      ]);
    });

    test('a rollout problem is reported when a log cannot be read', async () => {
      const { lines } = await problem(
        { containerStatuses: [status('api', crashing)] },
        { 'kubectl logs': failed('no route to host') },
      );
      expect(lines).toEqual(['  pod api-1: api waits: CrashLoopBackOff, it ended with 1 (Error)']);
    });
  });
});

describe('the problems of a pod', () => {
  const pod = (status: Parameters<typeof notReadyReasons>[0]['status']) =>
    notReadyReasons({ metadata: { name: 'api-1' }, status });
  const container = { name: 'api', ready: false, restartCount: 0 };

  describe('a pod', () => {
    test('that is ready has no troubles', () => {
      expect(pod({ conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [container] })).toEqual([]);
    });

    test('that no node takes says what the scheduler says', () => {
      const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/2 nodes are available' }];
      expect(pod({ phase: 'Pending', conditions })).toEqual(['no node accepts it: 0/2 nodes are available']);
    });

    test('that waits says for what, and how it ended before', () => {
      const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s' };
      const terminated = { reason: 'Error', exitCode: 3 };
      expect(pod({ containerStatuses: [{ ...container, state: { waiting }, lastState: { terminated } }] })).toEqual([
        'api waits: CrashLoopBackOff, back-off 10s, it ended with 3 (Error)',
      ]);
    });

    test('that runs and is not ready says so', () => {
      expect(pod({ phase: 'Running', containerStatuses: [{ ...container, restartCount: 2, state: {} }] })).toEqual([
        'api is not ready, after 2 restarts',
      ]);
      expect(pod({ phase: 'Pending' })).toEqual(['it is Pending and not ready']);
    });

    test('whose first container has done its work has no troubles with it', () => {
      const done = { ...container, state: { terminated: { exitCode: 0 } } };
      expect(pod({ phase: 'Pending', initContainerStatuses: [done] })).toEqual(['it is Pending and not ready']);
    });
  });
});
