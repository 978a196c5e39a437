import { expect, test } from 'vitest';
import { validMemoryLimiter as rule } from '../../../lib/lint/rules/valid-memory-limiter.ts';
import { agentValues, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'an interval of 0',
    rendered({
      processors: soundProcessors.replace(
        /^.*memory_limiter.*$/m,
        'memory_limiter: { check_interval: 0s, limit_mib: 400 }',
      ),
    }),
    {
      at: 'app.yaml:11:41',
      message: 'memory_limiter of DaemonSet agent has check_interval: 0s: the collector does not start',
      suggestion: 'write: check_interval: 5s',
    },
  ],
  [
    'no interval',
    rendered({ processors: soundProcessors.replace(/^.*memory_limiter.*$/m, 'memory_limiter: { limit_mib: 400 }') }),
    { message: 'memory_limiter of DaemonSet agent has no check_interval: the collector does not start' },
  ],
  [
    'no limit',
    rendered({
      processors: soundProcessors.replace(/^.*memory_limiter.*$/m, 'memory_limiter: { check_interval: 1s }'),
    }),
    {
      message:
        'memory_limiter of DaemonSet agent has neither limit_mib nor limit_percentage: the collector does not start',
    },
  ],
  [
    'a spike as high as the limit',
    rendered({
      processors: soundProcessors.replace(
        /^.*memory_limiter.*$/m,
        'memory_limiter: { check_interval: 1s, limit_mib: 400, spike_limit_mib: 400 }',
      ),
    }),
    { suggestion: 'write: spike_limit_mib: 100' },
  ],
  [
    'a spike above the limit',
    rendered({
      processors: soundProcessors.replace(
        /^.*memory_limiter.*$/m,
        'memory_limiter: { check_interval: 1s, limit_percentage: 70, spike_limit_percentage: 75 }',
      ),
    }),
    { suggestion: 'write: spike_limit_percentage: 17' },
  ],
  [
    'more than all memory',
    rendered({
      processors: soundProcessors.replace(
        /^.*memory_limiter.*$/m,
        'memory_limiter: { check_interval: 1s, limit_percentage: 180 }',
      ),
    }),
    { suggestion: 'write: limit_percentage: 80' },
  ],
  [
    'an interval of 0 in values',
    agentValues('config: { processors: { memory_limiter: { check_interval: 0, limit_mib: 400 } } }'),
    {
      at: 'app.yaml:5:61',
      message: 'memory_limiter of the agent of app.yaml has check_interval: 0: the collector does not start',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'a value that is filled in later',
    rendered({
      processors: soundProcessors.replace(
        /^.*memory_limiter.*$/m,
        'memory_limiter: { check_interval: 1s, limit_mib: "${env:LIMIT}" }',
      ),
    }),
  ],
  ['the limiter of the chart', agentValues('mode: daemonset')],
  [
    'another one in values',
    agentValues(
      'config: { processors: { memory_limiter: { check_interval: 1s, limit_mib: 400, spike_limit_mib: 100 } } }',
    ),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
