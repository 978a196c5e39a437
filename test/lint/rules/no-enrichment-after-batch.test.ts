import { expect, test } from 'vitest';
import { noEnrichmentAfterBatch as rule } from '../../../lib/lint/rules/no-enrichment-after-batch.ts';
import { agentValues, pipelinesWith, rendered, soundConnectors, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';
import { deployment, documents, field, literal } from './support/manifests.ts';

test.each([
  [
    'batch before k8sattributes',
    rendered({ pipelines: pipelinesWith('memory_limiter, batch, k8sattributes') }),
    {
      at: 'app.yaml:33:74',
      message:
        'batch stands before k8sattributes in pipeline traces of DaemonSet agent, and behind it spans have no connection by which their pod is found',
      suggestion: 'write: processors: [memory_limiter, k8sattributes, batch]',
    },
  ],
  [
    'a sampler in the pipeline before',
    rendered({
      connectors: `${soundConnectors}\nforward: {}`,
      processors: `${soundProcessors}\ntail_sampling: {}`,
      pipelines: `traces/in: { receivers: [otlp], processors: [memory_limiter, tail_sampling], exporters: [forward] }\n${pipelinesWith('k8sattributes, batch').replace('[otlp]', '[forward]')}`,
    }),
    { suggestion: 'move k8sattributes to the processors of pipeline traces/in, before tail_sampling' },
  ],
  [
    'a reduction before',
    rendered({
      processors: `${soundProcessors.replace('k8sattributes: {}', 'k8sattributes: { pod_association: [{ sources: [{ from: resource_attribute, name: k8s.pod.uid }] }] }')}\nresource/less: { attributes: [{ key: k8s.pod.uid, action: delete }] }`,
      pipelines: pipelinesWith('memory_limiter, resource/less, k8sattributes, batch'),
    }),
    {
      message:
        'resource/less stands before k8sattributes in pipeline traces of DaemonSet agent, and deletes what pods are found by: k8s.pod.uid',
      suggestion: 'write: processors: [memory_limiter, k8sattributes, resource/less, batch]',
    },
  ],
  [
    'another batch in values',
    agentValues(
      'config: { processors: { batch/small: {} }, service: { pipelines: { traces: { processors: [memory_limiter, batch/small, k8sattributes] } } } }',
    ),
    {
      message:
        'batch/small stands before k8sattributes in pipeline traces of the agent of app.yaml, and behind it spans have no connection by which their pod is found',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['what is right', rendered()],
  [
    'an association without connection',
    rendered({
      processors: soundProcessors.replace(
        'k8sattributes: {}',
        'k8sattributes: { pod_association: [{ sources: [{ from: resource_attribute, name: k8s.pod.uid }] }] }',
      ),
      pipelines: pipelinesWith('memory_limiter, batch, k8sattributes'),
    }),
  ],
  [
    'pods that send what finds them',
    documents(
      rendered({ pipelines: pipelinesWith('memory_limiter, batch, k8sattributes') }),
      deployment({
        env: `${field('POD_IP', 'status.podIP')}${literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.ip=$(POD_IP)')}`,
      }),
    ),
  ],
  ['the pipelines of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
