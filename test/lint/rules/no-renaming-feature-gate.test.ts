import { expect, test } from 'vitest';
import { noRenamingFeatureGate as rule } from '../../../lib/lint/rules/no-renaming-feature-gate.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'another label of the status',
    rendered(
      {},
      { container: 'args: [--config=/conf/relay, --feature-gates=+spanmetrics.statusCodeConvention.useOtelPrefix]' },
    ),
    {
      message:
        'the feature gate spanmetrics.statusCodeConvention.useOtelPrefix is on for DaemonSet agent: the label status_code becomes otel_status_code',
    },
  ],
  [
    'one of several in an argument of its own',
    rendered(
      {},
      { container: 'args: [--config=/conf/relay, "--feature-gates", "a,connector.spanmetrics.legacyMetricNames"]' },
    ),
    { suggestion: 'remove connector.spanmetrics.legacyMetricNames from the feature gates' },
  ],
  [
    'a label that the chart itself renames again, as a note',
    agentValues('command: { extraArgs: [--feature-gates=spanmetrics.statusCodeConvention.useOtelPrefix] }'),
    { cannotTell: true },
  ],
  [
    'a gate in values',
    agentValues('command: { extraArgs: [--feature-gates=connector.spanmetrics.legacyMetricNames] }'),
    {
      at: 'app.yaml:5:26',
      message:
        'the feature gate connector.spanmetrics.legacyMetricNames is on for the agent of app.yaml: the metrics are named as before, duration_* and latency_*',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['no gate', rendered()],
  [
    'a gate that is switched off',
    rendered(
      {},
      { container: 'args: [--config=/conf/relay, --feature-gates=-spanmetrics.statusCodeConvention.useOtelPrefix]' },
    ),
  ],
  [
    'a label that a bridge renames',
    rendered(
      {
        processors: `${soundProcessors}\ntransform/status: { metric_statements: ['set(datapoint.attributes["status.code"], "STATUS_CODE_ERROR") where datapoint.attributes["otel.status_code"] == "ERROR"'] }`,
        pipelines: pipelinesWith('memory_limiter').replace('memory_limiter, batch', 'memory_limiter, transform/status'),
      },
      { container: 'args: [--feature-gates=spanmetrics.statusCodeConvention.useOtelPrefix]' },
    ),
  ],
  [
    'a unit that is written',
    rendered(
      {},
      {
        container: 'args: [--config=/conf/relay, --feature-gates=connector.spanmetrics.useSecondAsDefaultMetricsUnit]',
      },
    ),
  ],
  ['the arguments of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
