import { expect, test } from 'vitest';
import { requireMemoryHeadroom as rule } from '../../../lib/lint/rules/require-memory-headroom.ts';
import { agentValues, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a limit near that of the container',
    rendered(
      {
        processors: soundProcessors.replace(
          /^.*memory_limiter.*$/m,
          'memory_limiter: { check_interval: 1s, limit_mib: 500, spike_limit_mib: 100 }',
        ),
      },
      { container: 'resources: { limits: { memory: 512Mi } }' },
    ),
    {
      at: 'app.yaml:11:56',
      message:
        'memory_limiter of DaemonSet agent lets in up to 98 % of the 512Mi of its container, which is killed before it refuses anything',
      suggestion: 'write: limit_mib: 409',
    },
  ],
  [
    'a percentage without room',
    rendered(
      {
        processors: soundProcessors.replace(
          /^.*memory_limiter.*$/m,
          'memory_limiter: { check_interval: 1s, limit_percentage: 98 }',
        ),
      },
      { container: 'resources: { limits: { memory: 512Mi } }' },
    ),
    { suggestion: 'write: limit_percentage: 80' },
  ],
  [
    'no GOMEMLIMIT, as a note',
    rendered(
      {
        processors: soundProcessors.replace(
          /^.*memory_limiter.*$/m,
          'memory_limiter: { check_interval: 1s, limit_mib: 400 }',
        ),
      },
      { container: 'resources: { limits: { memory: 512Mi } }' },
    ),
    {
      message: 'DaemonSet agent may take 512Mi of memory, and no GOMEMLIMIT tells the Go runtime',
      suggestion: 'add: GOMEMLIMIT=409MiB',
      cannotTell: true,
    },
  ],
  [
    'values that keep the limit from the runtime',
    agentValues('useGOMEMLIMIT: false\nresources: { limits: { memory: 512Mi } }'),
    {
      message: 'the agent of app.yaml may take 512Mi of memory, and no GOMEMLIMIT tells the Go runtime',
      suggestion: 'add: GOMEMLIMIT=409MiB',
    },
  ],
  [
    'a limit above that of the values',
    agentValues(
      'resources: { limits: { memory: 300Mi } }\nconfig: { processors: { memory_limiter: { check_interval: 1s, limit_mib: 400, limit_percentage: 0 } } }',
    ),
    {
      message:
        'memory_limiter of the agent of app.yaml lets in up to 133 % of the 300Mi of its container, which is killed before it refuses anything',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'room',
    rendered(
      {
        processors: soundProcessors.replace(
          /^.*memory_limiter.*$/m,
          'memory_limiter: { check_interval: 1s, limit_mib: 400, spike_limit_mib: 100 }',
        ),
      },
      { container: 'resources: { limits: { memory: 512Mi } }\nenv: [{ name: GOMEMLIMIT, value: 409MiB }]' },
    ),
  ],
  [
    'a container without a limit',
    rendered(
      {
        processors: soundProcessors.replace(
          /^.*memory_limiter.*$/m,
          'memory_limiter: { check_interval: 1s, limit_mib: 400 }',
        ),
      },
      { container: 'env: []' },
    ),
  ],
  ['the memory of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
