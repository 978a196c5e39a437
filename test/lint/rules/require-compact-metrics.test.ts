import { expect, test } from 'vitest';
import { requireCompactMetrics as rule } from '../../../lib/lint/rules/require-compact-metrics.ts';
import { agentValues, pipelinesWith, rendered, soundConnectors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'compact metrics that are off',
    agentValues('presets: { spanMetrics: { compactMetrics: { enabled: false } } }'),
    {
      at: 'app.yaml:5:56',
      message: 'compactMetrics of opentelemetry-agent.presets.spanMetrics is off, and APM draws services from it',
      suggestion: 'write: enabled: true',
    },
  ],
  [
    'metrics of databases that are off',
    agentValues('presets: { spanMetrics: { dbMetrics: { enabled: false } } }'),
    { message: 'dbMetrics of opentelemetry-agent.presets.spanMetrics is off, and APM draws databases from it' },
  ],
  [
    'compact metrics of databases that are off',
    agentValues('presets: { spanMetrics: { dbMetrics: { compactMetrics: { enabled: false } } } }'),
    {
      message:
        'dbMetrics.compactMetrics of opentelemetry-agent.presets.spanMetrics is off, and APM draws databases from it',
    },
  ],
  [
    'connectors of which one is missing',
    rendered({
      connectors: `${soundConnectors}\nspanmetrics/compact: { namespace: compact }\nspanmetrics/db: { namespace: db }`,
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, spanmetrics/compact, spanmetrics/db'),
    }),
    { message: 'no connector of DaemonSet agent has the namespace db_compact, and APM draws its pages from it' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['the presets of the chart', agentValues('mode: daemonset')],
  [
    'span metrics that are off as a whole',
    agentValues('presets: { spanMetrics: { enabled: false, compactMetrics: { enabled: false } } }'),
  ],
  ['one connector alone', rendered()],
  [
    'another back end',
    rendered({
      exporters: 'otlp: { endpoint: "tempo:4317" }',
      pipelines: pipelinesWith('memory_limiter', 'spanmetrics, otlp'),
    }),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
