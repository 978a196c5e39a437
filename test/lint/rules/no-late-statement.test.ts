import { expect, test } from 'vitest';
import { noLateStatement as rule } from '../../../lib/lint/rules/no-late-statement.ts';
import { agentValues, pipelinesWith, rendered, soundConnectors, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a statement behind the connector',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      processors: `${soundProcessors}\ntransform/own: { trace_statements: ['set(span.attributes["http.method"], span.attributes["http.request.method"])'] }`,
      pipelines: `${pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, forward')}\ntraces/out: { receivers: [forward], processors: [transform/own], exporters: [coralogix] }`,
    }),
    {
      message:
        'transform/own in pipeline traces/out of DaemonSet agent sets http.method, and spanmetrics has counted the spans without',
      suggestion: 'move transform/own to the processors of pipeline traces',
    },
  ],
  [
    'names of spans',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      processors: `${soundProcessors}\ntransform/own: { trace_statements: [{ context: span, statements: ['replace_pattern(name, "[0-9]+", "N")'] }] }`,
      pipelines: `${pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, forward')}\ntraces/out: { receivers: [forward], processors: [transform/own], exporters: [coralogix] }`,
    }),
    {
      message:
        'transform/own in pipeline traces/out of DaemonSet agent sets the name of spans, and spanmetrics has counted the spans without',
    },
  ],
  [
    'transactions',
    rendered({
      connectors: `${soundConnectors.replace('db.system', 'cgx.transaction')}\nforward: {}`,
      processors: `${soundProcessors}\ncoralogix: { transactions: { enabled: true } }`,
      pipelines: `${pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, forward')}\ntraces/out: { receivers: [forward], processors: [coralogix], exporters: [coralogix] }`,
    }),
    {
      message:
        'coralogix in pipeline traces/out of DaemonSet agent sets cgx.transaction, and spanmetrics has counted the spans without',
    },
  ],
  [
    'a pipeline of values beside the one that counts',
    agentValues(
      `config:\n  processors:\n    attributes/own: { actions: [{ key: graphql.operation.type, value: a, action: upsert }] }\n  service: { pipelines: { traces/own: { receivers: [otlp], processors: [memory_limiter, attributes/own], exporters: [coralogix] } } }`,
    ),
    {
      message:
        'attributes/own in pipeline traces/own of the agent of app.yaml sets graphql.operation.type, and spanmetrics has counted the spans without',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'a statement before the connector',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: ['set(span.attributes["http.method"], "GET")'] }`,
      pipelines: pipelinesWith('memory_limiter, transform/own, k8sattributes'),
    }),
  ],
  [
    'what is no dimension',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      processors: `${soundProcessors}\ntransform/own: { trace_statements: ['set(span.attributes["a"], "b")'] }`,
      pipelines: `${pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, forward')}\ntraces/out: { receivers: [forward], processors: [transform/own], exporters: [coralogix] }`,
    }),
  ],
  ['the pipelines of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
