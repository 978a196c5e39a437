import { describe, expect, test } from 'vitest';
import { podTroubles } from '../../../../lib/deploy/steps/apply/rollout-problem.ts';

const pod = (status: Parameters<typeof podTroubles>[0]['status']) =>
  podTroubles({ metadata: { name: 'api-1' }, status });
const container = { name: 'api', ready: false, restartCount: 0 };

describe('a pod', () => {
  test('that is ready has no troubles', () => {
    expect(pod({ conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [container] })).toEqual([]);
  });

  test('that no node takes says what the scheduler says', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/2 nodes are available' }];
    expect(pod({ phase: 'Pending', conditions })).toEqual(['no node takes it: 0/2 nodes are available']);
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
