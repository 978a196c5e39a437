import { expect, test } from 'vitest';
import { noBatchBeforeSampling as rule } from '../../../lib/lint/rules/no-batch-before-sampling.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'batch before a filter',
    rendered({
      processors: `${soundProcessors}\nfilter/probes: {}`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, batch, filter/probes'),
    }),
    {
      message:
        'batch stands before filter/probes in pipeline traces of DaemonSet agent, and gathers what is dropped then',
      suggestion: 'write: processors: [memory_limiter, k8sattributes, filter/probes, batch]',
    },
  ],
  [
    'another batch in values',
    agentValues(
      'config: { processors: { batch/small: {}, filter/a: {} }, service: { pipelines: { traces: { processors: [batch/small, filter/a] } } } }',
    ),
    {
      message:
        'batch/small stands before filter/a in pipeline traces of the agent of app.yaml, and gathers what is dropped then',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  ['the pipelines of the chart', agentValues('presets: { spanMetrics: { enabled: true } }')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
