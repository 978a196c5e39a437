import { expect, test } from 'vitest';
import { PodSecurityNamespace, type PodSecurityNamespaceProps } from '../../lib/constructs/pod-security-namespace.ts';
import { synthesized } from '../support/synthesized.ts';

const namespace = (props: PodSecurityNamespaceProps) =>
  synthesized((chart) => {
    new PodSecurityNamespace(chart, 'Namespace', props);
  })[0];

test('PodSecurityNamespace warns of what it refuses where warn is not given', () => {
  expect(namespace({ name: 'demo', partOf: 'demo', enforce: 'baseline' })).toHaveProperty('metadata.labels', {
    'app.kubernetes.io/instance': 'demo',
    'app.kubernetes.io/managed-by': 'cdk8s-podhost',
    'app.kubernetes.io/name': 'demo',
    'app.kubernetes.io/part-of': 'demo',
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/warn': 'baseline',
  });
});

test('PodSecurityNamespace takes all its props', () => {
  const props: Required<PodSecurityNamespaceProps> = {
    name: 'demo',
    partOf: 'demo',
    enforce: 'baseline',
    warn: 'restricted',
  };
  expect(namespace(props)).toHaveProperty(['metadata', 'labels', 'pod-security.kubernetes.io/warn'], 'restricted');
});
