import type { k8s } from 'cdk8s-plus-27';
import { z } from 'zod';
import type { CollectorConfiguration } from './pipeline/collector-configuration.ts';
import { type Component, typeOf } from './pipeline/component.ts';

const read = ['get', 'list', 'watch'];

/**
 * What a collector must be allowed to read, from what its components do.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function accessRules(configuration: CollectorConfiguration): k8s.PolicyRule[] {
  const rules = configuration.components.flatMap((component) => rulesOf[typeOf(component)]?.(component) ?? []);
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}

const rule = (apiGroup: string, ...resources: string[]): k8s.PolicyRule => ({
  apiGroups: [apiGroup],
  resources,
  verbs: read,
});

const extraction = z.looseObject({
  extract: z.looseObject({ metadata: z.array(z.string()).default([]) }).default({ metadata: [] }),
});

const rulesOf: Readonly<Record<string, (component: Component) => k8s.PolicyRule[]>> = {
  k8sattributes({ settings }) {
    const { metadata } = extraction.parse(settings).extract;
    const reads = (...names: string[]) => names.some((name) => metadata.includes(name));
    return [
      rule('', 'pods', 'namespaces'),
      // A Deployment is known by the ReplicaSet that owns the pod, a CronJob by the Job.
      ...(reads('k8s.deployment.name', 'k8s.deployment.uid', 'k8s.replicaset.name')
        ? [rule('apps', 'replicasets')]
        : []),
      ...(reads('k8s.cronjob.name', 'k8s.cronjob.uid') ? [rule('batch', 'jobs')] : []),
      ...(reads('k8s.node.uid', 'k8s.cluster.uid') ? [rule('', 'nodes')] : []),
    ];
  },
  kubeletstats: () => [{ apiGroups: [''], resources: ['nodes/stats'], verbs: ['get'] }],
  k8s_cluster: () => [
    rule('', 'namespaces', 'nodes', 'pods', 'replicationcontrollers', 'resourcequotas', 'services'),
    rule('apps', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'),
    rule('batch', 'cronjobs', 'jobs'),
    rule('autoscaling', 'horizontalpodautoscalers'),
  ],
  k8sobjects: () => [rule('events.k8s.io', 'events')],
};
