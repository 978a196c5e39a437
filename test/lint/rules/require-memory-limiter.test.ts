import { expect, test } from 'vitest';
import { requireMemoryLimiter as rule } from '../../../lib/lint/rules/require-memory-limiter.ts';
import { agentValues, pipelinesWith, rendered } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'pipelines without one',
    rendered({ pipelines: pipelinesWith('k8sattributes, batch') }),
    { message: 'pipeline traces of DaemonSet agent has no memory_limiter' },
  ],
  [
    'one that comes late',
    rendered({ pipelines: pipelinesWith('k8sattributes, memory_limiter, batch') }),
    {
      message: 'memory_limiter of pipeline traces of DaemonSet agent comes after k8sattributes',
      suggestion: 'write: processors: [memory_limiter, k8sattributes, batch]',
    },
  ],
  [
    'a pipeline of values',
    agentValues(
      'config: { service: { pipelines: { traces/own: { receivers: [otlp], processors: [batch], exporters: [coralogix] } } } }',
    ),
    { at: 'app.yaml:5:70', message: 'pipeline traces/own of the agent of app.yaml has no memory_limiter' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'a pipeline behind a connector',
    rendered({
      pipelines: pipelinesWith('memory_limiter, k8sattributes, batch').replace('[memory_limiter, batch]', '[batch]'),
    }),
  ],
  [
    'the extension in its place',
    rendered({
      extensions: 'memory_limiter: { check_interval: 1s, limit_mib: 400 }',
      service: 'extensions: [memory_limiter]',
      pipelines: pipelinesWith('k8sattributes, batch'),
    }),
  ],
  ['the pipelines of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
