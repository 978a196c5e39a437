import { expect, test } from 'vitest';
import { noIdleStatement as rule } from '../../../lib/lint/rules/no-idle-statement.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a bridge of metrics among the processors of traces',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { metric_statements: [{ context: datapoint, statements: ['set(attributes["a"], "b")'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
    {
      at: 'app.yaml:14:43',
      message:
        'transform/own of DaemonSet agent has statements for metrics, and stands in traces only: none of them runs',
      suggestion: 'move transform/own to the processors of a pipeline of metrics',
    },
  ],
  [
    'a processor of values',
    agentValues(
      `config:\n  processors:\n    filter/own: { metrics: { metric: ['metric.name == "a"'] } }\n  service: { pipelines: { traces: { processors: [filter/own] } } }`,
    ),
    {
      message:
        'filter/own of the agent of app.yaml has statements for metrics, and stands in traces only: none of them runs',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'statements for the signal',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: ['set(span.name, "a")'], metric_statements: ['set(metric.unit, "1")'] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
  ],
  [
    'a processor that two signals have',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { metric_statements: ['set(metric.unit, "1")'] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own').replace(
        'memory_limiter, batch',
        'memory_limiter, transform/own',
      ),
    }),
  ],
  [
    'a processor without statements',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { error_mode: silent }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
  ],
  ['the processors of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
