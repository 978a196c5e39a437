import { expect, test } from 'vitest';
import { podAttributes } from '../../../lib/model/enrichment/pod-attributes.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { first, modelOf } from '../support/model-of.ts';
import { application } from '../support/small-system.ts';

const owners = ['deployment', 'statefulset', 'daemonset', 'replicaset', 'cronjob', 'job'];

function attributesOf(kind: string, extract: object = { metadata: owners.map((owner) => `k8s.${owner}.name`) }) {
  const workload = first(modelOf(toYaml(application({ kind }))).workloads);
  return Object.fromEntries(podAttributes({ processors: { k8sattributes: { extract } } }, 'k8sattributes', workload));
}

test.each([
  ['Deployment', { 'k8s.deployment.name': 'api', 'k8s.replicaset.name': undefined }],
  ['StatefulSet', { 'k8s.statefulset.name': 'api' }],
  ['DaemonSet', { 'k8s.daemonset.name': 'api' }],
  ['CronJob', { 'k8s.cronjob.name': 'api', 'k8s.job.name': undefined }],
  ['Job', { 'k8s.job.name': 'api' }],
  ['ReplicaSet', { 'k8s.replicaset.name': 'api' }],
])('a pod of a %s has the names of its owners', (kind, expected) => {
  expect(attributesOf(kind)).toStrictEqual(expected);
});

test('without a list there is a usual one', () => {
  expect(Object.keys(attributesOf('Deployment', {}))).toEqual([
    'k8s.namespace.name',
    'k8s.pod.name',
    'k8s.pod.uid',
    'k8s.pod.start_time',
    'k8s.deployment.name',
    'k8s.node.name',
  ]);
});

test('labels and annotations come under their own names', () => {
  const extract = {
    metadata: [],
    labels: [{ tag_name: 'team', key: 'team' }, null],
    annotations: [{ key: 'no-name' }],
  };
  expect(attributesOf('Deployment', extract)).toStrictEqual({ team: undefined });
});
