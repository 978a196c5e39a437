import { describe, expect, test } from 'vitest';
import { explainedSmall, hopOf, messagesOf } from '../../explain/support/explained.ts';
import { differences } from '../../lint/support/differences.ts';
import { type SmallSystemProps, settings, smallSystem } from '../support/small-system.ts';

const filtering = (more: object, props: SmallSystemProps = {}): SmallSystemProps => ({
  ...props,
  settings: { k8sattributes: { ...settings.k8sattributes, ...more } },
});

function verdictOf(props: SmallSystemProps) {
  expect(differences([{ file: 'system.yaml', text: smallSystem(props) }])).toEqual([]);
  const { cause, status } = hopOf(explainedSmall(props), 'processors');
  return cause ?? status;
}

const deployed: SmallSystemProps = { collectorKind: 'Deployment' };
const label = (op: string | undefined, key: string, value?: string) => ({ filter: { labels: [{ key, value, op }] } });

describe('k8sattributes that is kept from some pods', () => {
  test.each<[string, object, SmallSystemProps, string]>([
    ['by another namespace', { filter: { namespace: 'other' } }, {}, 'unwatched-pod'],
    ['by its namespace', { filter: { namespace: 'shop' } }, {}, 'ok'],
    ['by a namespace of a variable', { filter: { namespace: '${env:NAMESPACE}' } }, {}, 'unknown'],
    ['by the node of an agent', { filter: { node_from_env_var: 'K8S_NODE_NAME' } }, {}, 'ok'],
    ['by the node of a gateway', { filter: { node_from_env_var: 'K8S_NODE_NAME' } }, deployed, 'unwatched-pod'],
    ['by a label', label('equals', 'team', 'a'), {}, 'unwatched-pod'],
    ['by a label that the pods have', label(undefined, 'app', 'api'), {}, 'ok'],
    ['by a label that they lack', label('exists', 'team'), {}, 'unwatched-pod'],
    ['by a label that they must lack', label('does-not-exist', 'app'), {}, 'unwatched-pod'],
    ['by another value', label('not-equals', 'app', 'web'), {}, 'ok'],
    ['by a name', { exclude: { pods: [{ name: '^api-' }] } }, {}, 'unwatched-pod'],
    ['by another name', { exclude: { pods: [{ name: '^web-' }] } }, {}, 'ok'],
    ['by the usual names', {}, { name: 'jaeger-agent' }, 'unwatched-pod'],
    [
      'by an annotation',
      {},
      { metadata: { annotations: { 'opentelemetry.io/k8s-processor/ignore': 'True' } } },
      'unwatched-pod',
    ],
  ])('%s', (_, more, props, expected) => {
    expect(verdictOf(filtering(more, props))).toBe(expected);
  });

  test('is reported with what keeps it', () => {
    expect(messagesOf('processors', filtering({ filter: { namespace: 'other' } })).slice(0, 2)).toEqual([
      '✗ no processor adds k8s.pod.name and k8s.node.name',
      'filter lets it know the pods of namespace other only',
    ]);
  });
});
