import type { RenderedCollector } from '../../../lib/chart/chart.ts';
import { renderChart } from '../../../lib/chart/chart.ts';
import type { ChartRenderer, UsedChart } from '../../../lib/chart/chart-renderer.ts';
import type { RenderedService } from '../../../lib/chart/services.ts';
import { knownVersion } from '../../../lib/chart/versions.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';

/** The chart of a renderer that stands in for helm. */
export const usedChart: UsedChart = {
  location: 'charts/otel-integration',
  version: knownVersion['otel-integration'],
  publisher: 'coralogix',
  isNamed: true,
  helm: '3.99.0',
};

/**
 * Stands in for helm: what the built-in model knows of values, as the manifests that helm would print. Where the model
 * refuses values, it refuses them with the same reason.
 */
export const modelAsHelm: ChartRenderer = ({ chart, values, release, version, alias }) => {
  const rendering = renderChart(chart, values, release, version, alias);
  const [refusal] = rendering.refusals.filter(({ path }) => path[0] !== 'global');
  if (refusal !== undefined) {
    const words = {
      schema:
        "values don't meet the specifications of the schema(s) in the following chart(s):\nopentelemetry-agent:\n",
      template: 'template: otel-integration/charts/opentelemetry-agent/templates/a.yaml:1:2: executing "a" ',
      yaml: '',
      type: '',
    };
    return { kind: 'refused', chart: usedChart, reason: `${words[refusal.kind]}${refusal.reason}` };
  }
  const manifests = [
    ...rendering.collectors.flatMap((collector) => collectorManifests(chart, collector)),
    ...rendering.services.map((service) => serviceManifest(chart, service)),
  ];
  return { kind: 'rendered', chart: usedChart, manifests: manifests.join('') };
};

const printed = (chart: string, alias: string, template: string, object: object): string => {
  const folder = alias === chart ? chart : `${chart}/charts/${alias}`;
  return `---\n# Source: ${folder}/templates/${template}.yaml\n${toYaml(object)}`;
};

function collectorManifests(chart: string, collector: RenderedCollector): string[] {
  const { kind, name, namespace, labels, hostNetwork, ports, configuration, serviceAccount, roles = [] } = collector;
  const at = (template: string, object: object) => printed(chart, collector.chart.alias, template, object);
  const attributes = collector.resourceAttributes;
  const metadata = { name, namespace };
  const pod = {
    hostNetwork,
    serviceAccountName: serviceAccount,
    containers: [
      {
        name: 'opentelemetry-collector',
        image: 'coralogixrepo/coralogix-otel-collector',
        ports,
        env: attributes === undefined ? [] : [{ name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributes }],
      },
    ],
    volumes: [{ name: 'configuration', configMap: { name } }],
  };
  const template = kind === 'OpenTelemetryCollector' ? 'opentelemetrycollector' : kind.toLowerCase();
  return [
    ...(configuration === undefined
      ? []
      : [at('configmap', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { relay: toYaml(configuration) } })]),
    at(template, { apiVersion: 'apps/v1', kind, metadata, spec: { template: { metadata: { labels }, spec: pod } } }),
    ...roles.flatMap(({ title, rules }) => {
      const role = { kind: 'ClusterRole', name: title.replace('ClusterRole ', '') };
      const subjects = [{ kind: 'ServiceAccount', name: serviceAccount, namespace }];
      const apiVersion = 'rbac.authorization.k8s.io/v1';
      return [
        at('clusterrole', { apiVersion, kind: 'ClusterRole', metadata: { name: role.name }, rules }),
        at('clusterrolebinding', { apiVersion, kind: 'ClusterRoleBinding', metadata: role, roleRef: role, subjects }),
      ];
    }),
  ];
}

function serviceManifest(chart: string, service: RenderedService): string {
  const { name, namespace, type, headless, internalTrafficPolicy, selector, ports, path } = service;
  const [first = chart] = path;
  const alias = first === 'service' || first === 'targetAllocator' ? chart : String(first);
  const clusterIP = headless ? { clusterIP: 'None' } : {};
  const spec = { type, internalTrafficPolicy, selector, ports, ...clusterIP };
  const template = path.includes('targetAllocator') ? 'service-targetallocator' : 'service';
  return printed(chart, alias, template, { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec });
}
