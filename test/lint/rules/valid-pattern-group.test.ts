import { expect, test } from 'vitest';
import { validPatternGroup as rule } from '../../../lib/lint/rules/valid-pattern-group.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a group in braces',
    rendered({
      processors: `${soundProcessors}\ntransform/names: { trace_statements: ['replace_pattern(span.name, "user-([a-z]+)", "user-$\{1}")'] }`,
      pipelines: pipelinesWith('memory_limiter, transform/names'),
    }),
    {
      message:
        'transform/names of DaemonSet agent replaces by ${1}: the collector takes it for a variable and does not start',
      suggestion: 'write: $${1}',
    },
  ],
  [
    'a group, where the collector is old',
    rendered({
      processors: `${soundProcessors}\ntransform/names: { trace_statements: ['replace_pattern(span.name, "user-([a-z]+)", "user-$1")'] }`,
      pipelines: pipelinesWith('memory_limiter, transform/names'),
    }).replace(':0.155.0', ':0.96.0'),
    {
      message:
        'transform/names of DaemonSet agent replaces by $1: a collector before 0.105 takes it for a variable and puts nothing in its place',
      suggestion: 'write: $$1',
    },
  ],
  [
    'a group, where the collector is new, as a note',
    rendered({
      processors: `${soundProcessors}\ntransform/names: { trace_statements: ['replace_pattern(span.name, "user-([a-z]+)", "user-$1")'] }`,
      pipelines: pipelinesWith('memory_limiter, transform/names'),
    }),
    { cannotTell: true },
  ],
  [
    'a group in values',
    agentValues(
      `presets:\n  spanMetrics:\n    spanNameReplacePattern:\n      - { regex: 'user-([a-z]+)', replacement: 'user-$\{1}' }`,
    ),
    {
      at: 'app.yaml:8:11',
      message:
        'transform/span_name of the agent of app.yaml replaces by ${1}: the collector takes it for a variable and does not start',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'two dollars',
    rendered({
      processors: `${soundProcessors}\ntransform/names: { trace_statements: ['replace_pattern(span.name, "user-([a-z]+)", "user-$$1")'] }`,
      pipelines: pipelinesWith('memory_limiter, transform/names'),
    }),
  ],
  [
    'two dollars in values',
    agentValues(
      `presets:\n  spanMetrics:\n    spanNameReplacePattern:\n      - { regex: 'user-([a-z]+)', replacement: 'user-$$1' }`,
    ),
  ],
  ['the names of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
