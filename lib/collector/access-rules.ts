import type { k8s } from 'cdk8s-plus-27';
import { z } from 'zod';
import { type Component, componentType } from '../pipeline/component.ts';
import type { CollectorConfiguration } from './configuration.ts';

/**
 * What a collector must be allowed to read, from what its components do.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function accessRules(configuration: CollectorConfiguration): k8s.PolicyRule[] {
  const rules = configuration.components.flatMap(
    (component) => rulesOf[componentType(component.id)]?.(component) ?? [],
  );
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

const follow = (apiGroup: string, ...resources: string[]): k8s.PolicyRule => ({
  apiGroups: [apiGroup],
  resources,
  verbs: ['list', 'watch'],
});

/** What the receiver's documentation asks for. */
const read = (apiGroup: string, ...resources: string[]): k8s.PolicyRule => ({
  ...follow(apiGroup, ...resources),
  verbs: ['get', 'list', 'watch'],
});

const extraction = z.looseObject({
  extract: z
    .looseObject({
      metadata: z.array(z.string()).default([]),
      deployment_name_from_replicaset: z.boolean().default(false),
    })
    .prefault({}),
});

const rulesOf: Readonly<Record<string, (component: Component) => k8s.PolicyRule[]>> = {
  k8sattributes({ settings }) {
    const { metadata, deployment_name_from_replicaset: fromReplicaSet } = extraction.parse(settings).extract;
    const reads = (name: string) => metadata.includes(name);
    // Names of owners stand on the pod itself, or are cut from those; their uids do not.
    const needsReplicaSets = reads('k8s.deployment.uid') || (reads('k8s.deployment.name') && !fromReplicaSet);
    return [
      follow('', 'pods'),
      ...(needsReplicaSets ? [follow('apps', 'replicasets')] : []),
      ...(reads('k8s.cronjob.uid') ? [follow('batch', 'jobs')] : []),
      ...(reads('k8s.node.uid') ? [follow('', 'nodes')] : []),
      ...(reads('k8s.cluster.uid') ? [follow('', 'namespaces')] : []),
    ];
  },
  kubeletstats: () => [{ apiGroups: [''], resources: ['nodes/stats'], verbs: ['get'] }],
  k8s_cluster: () => [
    read('', 'namespaces', 'nodes', 'pods', 'replicationcontrollers', 'resourcequotas', 'services'),
    read('apps', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'),
    read('batch', 'cronjobs', 'jobs'),
    read('autoscaling', 'horizontalpodautoscalers'),
  ],
  k8sobjects: () => [follow('events.k8s.io', 'events')],
};
