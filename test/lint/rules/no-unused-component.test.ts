import { expect, test } from 'vitest';
import { noUnusedComponent as rule } from '../../../lib/lint/rules/no-unused-component.ts';
import { agentValues, rendered, soundExporters, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a processor',
    rendered({ processors: `${soundProcessors}\nfilter/probes: {}` }),
    {
      at: 'app.yaml:14:22',
      message: 'processor filter/probes of DaemonSet agent is configured, and no pipeline uses it',
      suggestion: 'add filter/probes to the processors of a pipeline, or remove it',
    },
  ],
  [
    'a connector',
    rendered({
      pipelines:
        'traces: { receivers: [otlp], processors: [memory_limiter, k8sattributes, batch], exporters: [coralogix] }',
    }),
    { message: 'connector spanmetrics of DaemonSet agent is configured, and no pipeline uses it' },
  ],
  [
    'an extension',
    rendered({ extensions: 'health_check: {}\nfile_storage: {}' }),
    { message: 'extension file_storage of DaemonSet agent is configured, and service.extensions does not name it' },
  ],
  [
    'a processor of values',
    agentValues('config: { processors: { filter/own: { error_mode: ignore } } }'),
    {
      at: 'app.yaml:5:27',
      message: 'processor filter/own of the agent of app.yaml is configured, and no pipeline uses it',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is used', rendered()],
  ['a debug exporter', rendered({ exporters: `${soundExporters}\ndebug: {}` })],
  [
    'what the chart rendered',
    rendered({ processors: `${soundProcessors}\nfilter/probes: {}` }).replace(
      'metadata: { name: agent, namespace: otel }',
      'metadata: { name: agent, namespace: otel, labels: { helm.sh/chart: opentelemetry-agent-0.135.4 } }',
    ),
  ],
  ['the components of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
