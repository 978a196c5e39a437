import { expect, test } from 'vitest';
import { validStatementContext as rule } from '../../../lib/lint/rules/valid-statement-context.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'an attribute of the resource that a condition looks for on the span',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: [{ context: span, statements: ['set(span.name, "x") where attributes["k8s.namespace.name"] == "a"'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
    {
      at: 'app.yaml:14:73',
      message:
        'transform/own of DaemonSet agent looks for k8s.namespace.name on the span, and it stands on the resource',
      suggestion: 'write: resource.attributes["k8s.namespace.name"]',
    },
  ],
  [
    'an attribute of the span that a statement deletes from the resource',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: [{ context: resource, statements: ['delete_key(attributes, "x") where attributes["http.route"] != nil'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
    { suggestion: 'write: span.attributes["http.route"]' },
  ],
  [
    'a service name that is set on the span',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: ['set(span.attributes["service.name"], "shop")'] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
    {
      message:
        'transform/own of DaemonSet agent sets service.name on the span, and the views read it from the resource',
    },
  ],
  [
    'a filter',
    rendered({
      processors: `${soundProcessors}\nfilter/own: { traces: { span: ['attributes["k8s.pod.name"] == nil'] } }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, filter/own, batch'),
    }),
    { message: 'filter/own of DaemonSet agent looks for k8s.pod.name on the span, and it stands on the resource' },
  ],
  [
    'a statement of values',
    agentValues(
      `presets:\n  spanMetrics:\n    transformStatements:\n      - set(attributes["a"], attributes["service.name"])`,
    ),
    {
      at: 'app.yaml:8:11',
      message:
        'transform/spanmetrics of the agent of app.yaml looks for service.name on the span, and it stands on the resource',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'a copy of what the resource has',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: [{ context: span, statements: ['set(attributes["k8s.pod.name"], resource.attributes["k8s.pod.name"])', 'set(name, "a") where attributes["k8s.pod.name"] == nil'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
  ],
  [
    'attributes where they are',
    rendered({
      processors: `${soundProcessors}\ntransform/own: { trace_statements: [{ context: resource, statements: ['delete_key(attributes, "k8s.pod.uid")'] }, 'set(span.name, "a") where span.attributes["http.route"] == "/"'] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/own, batch'),
    }),
  ],
  ['the statements of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
