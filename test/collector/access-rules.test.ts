import { expect, test } from 'vitest';
import { accessRules } from '../../lib/collector/access-rules.ts';
import {
  agentConfiguration,
  clusterCollectorConfiguration,
  gatewayConfiguration,
} from '../../lib/collector/collectors.ts';
import { otlpExporter } from '../../lib/collector/components/exporters.ts';
import { memoryLimiter } from '../../lib/collector/components/processors.ts';
import { otlpReceiver } from '../../lib/collector/components/receivers.ts';
import { CollectorConfiguration } from '../../lib/collector/configuration.ts';

const common = { clusterName: 'demo', export: { type: 'coralogix', domain: 'eu2.coralogix.com' } } as const;

const resourcesOf = (configuration: CollectorConfiguration) =>
  accessRules(configuration).flatMap(({ apiGroups, resources }) =>
    (resources ?? []).map((resource) => `${apiGroups?.join() || 'core'}/${resource}`),
  );

/** A collector that extracts so much of a pod. */
const extracting = (...metadata: string[]) =>
  new CollectorConfiguration({
    name: 'test',
    pipelines: [
      {
        id: 'traces',
        receivers: [otlpReceiver()],
        processors: [memoryLimiter(), { kind: 'processor', id: 'k8sattributes', settings: { extract: { metadata } } }],
        exporters: [otlpExporter({ endpoint: 'collector:4317' })],
      },
    ],
  });

test('the agent reads pods, their owners and the kubelet', () => {
  const agent = agentConfiguration({ ...common, dimensions: [], loadBalancing: false });
  expect(resourcesOf(agent)).toMatchInlineSnapshot(`
    [
      "core/pods",
      "core/nodes/stats",
    ]
  `);
});

test('a rule is there only for what is extracted', () => {
  expect(resourcesOf(extracting('k8s.pod.name', 'k8s.cronjob.name'))).toEqual(['core/pods']);
  expect(resourcesOf(extracting('k8s.deployment.name'))).toContain('apps/replicasets');
  expect(resourcesOf(extracting('k8s.cronjob.uid'))).toContain('batch/jobs');
  expect(resourcesOf(extracting('k8s.node.uid'))).toContain('core/nodes');
  expect(resourcesOf(extracting('k8s.cluster.uid'))).toContain('core/namespaces');
});

test('the cluster collector reads workloads, nodes and events, and changes nothing', () => {
  const rules = accessRules(clusterCollectorConfiguration(common));
  expect(resourcesOf(clusterCollectorConfiguration(common))).toMatchInlineSnapshot(`
    [
      "core/namespaces",
      "core/nodes",
      "core/pods",
      "core/replicationcontrollers",
      "core/resourcequotas",
      "core/services",
      "apps/daemonsets",
      "apps/deployments",
      "apps/replicasets",
      "apps/statefulsets",
      "batch/cronjobs",
      "batch/jobs",
      "autoscaling/horizontalpodautoscalers",
      "events.k8s.io/events",
    ]
  `);
  expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
});

test('the gateway asks the API server nothing', () => {
  expect(accessRules(gatewayConfiguration({ ...common, policies: [] }))).toEqual([]);
});
