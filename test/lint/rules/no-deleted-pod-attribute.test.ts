import { expect, test } from 'vitest';
import { noDeletedPodAttribute as rule } from '../../../lib/lint/rules/no-deleted-pod-attribute.ts';
import { collector, smallSystem } from '../../model/support/small-system.ts';
import { agentValues, pipelinesWith, rendered, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a list that keeps other keys',
    rendered({
      processors: `${soundProcessors}\ntransform/reduce: { trace_statements: [{ context: resource, statements: ['keep_keys(attributes, ["service.name", "k8s.pod.name", "telemetry.sdk.language"])'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/reduce, batch'),
    }),
    {
      message: 'transform/reduce of pipeline traces of DaemonSet agent deletes k8s.node.name from spans',
      suggestion: 'add to what it keeps: "k8s.node.name"',
    },
  ],
  [
    'a pattern',
    rendered({
      processors: `${soundProcessors}\ntransform/reduce: { trace_statements: [{ context: resource, statements: ['delete_matching_keys(resource.attributes, "^k8s\\..*")'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/reduce, batch'),
    }),
    {
      message:
        'transform/reduce of pipeline traces of DaemonSet agent deletes k8s.pod.name and k8s.node.name from spans',
    },
  ],
  [
    'the language of the SDK',
    rendered({
      processors: `${soundProcessors}\ntransform/reduce: { trace_statements: [{ context: resource, statements: ['delete_key(attributes, "telemetry.sdk.language")'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/reduce, batch'),
    }),
    { at: 'app.yaml:14:80', suggestion: 'take out of what it deletes: telemetry.sdk.language' },
  ],
  [
    'an action of the processor resource',
    rendered({
      processors: `${soundProcessors}\nresource/less: { attributes: [{ key: k8s.pod.name, action: delete }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, resource/less, batch'),
    }),
    { message: 'resource/less of pipeline traces of DaemonSet agent deletes k8s.pod.name from spans' },
  ],
  [
    'a redaction that allows few keys',
    rendered({
      processors: `${soundProcessors}\nredaction: { allowed_keys: [k8s.pod.name, service.name, telemetry.sdk.language] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, redaction, batch'),
    }),
    { message: 'redaction of pipeline traces of DaemonSet agent deletes k8s.node.name from spans' },
  ],
  [
    'a deletion from the span metrics',
    rendered({
      processors: `${soundProcessors}\ntransform/series: { metric_statements: [{ context: resource, statements: ['delete_key(attributes, "k8s.pod.name")'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, batch').replace(
        '[memory_limiter, batch]',
        '[memory_limiter, transform/series, batch]',
      ),
    }),
    { message: 'transform/series of pipeline metrics of DaemonSet agent deletes k8s.pod.name from span metrics' },
  ],
  [
    'a list of the preset',
    agentValues(
      'presets: { reduceResourceAttributes: { enabled: true, denylist: { traces: [k8s.pod.uid, k8s.node.name] } } }',
    ),
    { message: 'transform/reduce of pipeline traces of the agent of app.yaml deletes k8s.node.name from spans' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'the deletion of other keys',
    rendered({
      processors: `${soundProcessors}\ntransform/reduce: { trace_statements: [{ context: resource, statements: ['delete_key(attributes, "k8s.pod.uid")', 'keep_matching_keys(attributes, "^(k8s|service|telemetry)\\..*")'] }] }`,
      pipelines: pipelinesWith('memory_limiter, k8sattributes, transform/reduce, batch'),
    }),
  ],
  [
    'a deletion before k8sattributes adds it',
    rendered({
      processors: `${soundProcessors}\nresource/less: { attributes: [{ key: k8s.pod.name, action: delete }] }`,
      pipelines: pipelinesWith('memory_limiter, resource/less, k8sattributes, batch'),
    }),
  ],
  ['metrics that are compact on purpose', agentValues('presets: { spanMetrics: { enabled: true } }')],
  ['the list of the chart', agentValues('presets: { reduceResourceAttributes: { enabled: true } }')],
  [
    'a list that the chart does not read beside a provider',
    agentValues(
      'provider: aws\npresets: { reduceResourceAttributes: { enabled: true, denylist: { traces: [k8s.node.name] } } }',
    ),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

test('does not report what the gateway behind adds again', () => {
  const system = (processors: readonly string[]) =>
    smallSystem({
      processors: ['resource/less'],
      settings: { 'resource/less': { attributes: [{ key: 'k8s.node.name', action: 'delete' }] } },
      exporters: ['otlp'],
      exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
      more: collector({ collectorKind: 'Deployment', processors, exporters: ['spanmetrics', 'coralogix'] }, 'gateway'),
    });
  expect(report(rule, system(['batch']))).toHaveLength(1);
  expect(report(rule, system(['k8sattributes', 'batch']))).toEqual([]);
});
