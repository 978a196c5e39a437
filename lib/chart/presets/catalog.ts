import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { collectorKeyVariable } from '../names.ts';
import { TemplateError, wantMapping } from '../template.ts';
import { exporterHelper } from './exporter-helper.ts';
import { additionalEndpoints } from './exporters.ts';
import type { Preset } from './preset.ts';
import { hasRegion } from './resource-detection.ts';

const pipeline = 'logs/resource_catalog';

/** The objects of the cluster, for the resource catalog. */
const kubernetesResources: Preset = {
  key: 'kubernetesResources',
  texts: (values) => ({
    plain: ['filterStatements', 'transformStatements'].flatMap((key) =>
      values.list('presets', 'kubernetesResources', key),
    ),
  }),
  apply(draft, values) {
    const on = (...path: readonly string[]) => values.has('presets', 'kubernetesResources', ...path);
    draft.component('receivers', 'k8sobjects/resource_catalog');
    catalog(draft, values, 'k8sobjects/resource_catalog', [
      'memory_limiter',
      ...(hasCatalogDetectors(values) ? ['resourcedetection/resource_catalog'] : []),
      'transform/entity-event',
      ...(on('dropManagedFields', 'enabled') ? ['transform/remove_managed_fields'] : []),
      ...(on('filterWorkflows', 'enabled') ? ['filter/workflow'] : []),
      ...(on('filterStatements') ? ['filter/workflow-custom'] : []),
      'resource/metadata',
      ...(on('transformStatements') ? ['transform/kubernetes_transform'] : []),
      'batch',
    ]);
  },
};

/** The nodes, for the resource catalog. */
const hostEntityEvents: Preset = {
  key: 'hostEntityEvents',
  apply(draft, values) {
    if (!values.preset('hostMetrics')) {
      const reason = 'hostEntityEvents preset requires hostMetrics preset to be enabled';
      const suggestion = 'write: hostMetrics: { enabled: true }, or hostEntityEvents: { enabled: false }';
      throw new TemplateError(reason, undefined, ['presets', 'hostMetrics'], suggestion);
    }
    catalog(draft, values, 'hostmetrics', [
      'memory_limiter',
      ...(values.preset('metadata') ? ['resource/metadata'] : []),
      ...(values.preset('kubernetesAttributes') ? ['k8sattributes'] : []),
      'resourcedetection/entity',
      ...(values.preset('resourceDetection') && hasRegion(values) ? ['resourcedetection/region'] : []),
      ...(values.provider('resourceDetection') === 'azure' ? ['transform/azure-host-attributes'] : []),
      'transform/entity-event',
    ]);
    if (!Object.hasOwn(wantMapping(draft.settings['processors'], '$config.processors'), 'k8sattributes')) {
      const processors = draft.ids(pipeline, 'processors').filter((id) => id !== 'k8sattributes');
      draft.put(pipeline, 'processors', processors);
    }
  },
};

/** Processors of the catalog's own; the others are other presets'. */
const shared = ['memory_limiter', 'resource/metadata', 'k8sattributes', 'resourcedetection/region', 'batch'];

function catalog(draft: Draft, values: ChartValues, receiver: string, processors: readonly string[]): void {
  const accounts = [
    {
      id: 'coralogix/resource_catalog',
      domain: values.at('global', 'domain'),
      privateKey: `\${${collectorKeyVariable}}`,
    },
    ...additionalEndpoints(values, 'global').map(({ name, domain, privateKey }) => ({
      id: `coralogix/resource_catalog_${name}`,
      domain,
      privateKey,
    })),
  ];
  const exporters = accounts.map(({ id }) => id);
  const sendingQueue = values.at('presets', 'coralogixResourceCatalogExporter', 'sendingQueue');
  for (const { id, domain, privateKey } of accounts) {
    const settings = { domain, private_key: privateKey, application_name: 'resource', subsystem_name: 'catalog' };
    draft.component('exporters', id, { ...settings, ...exporterHelper({ sendingQueue }) });
  }
  for (const processor of processors.filter((id) => !shared.includes(id))) {
    draft.component('processors', processor);
  }
  draft.pipeline(pipeline, { receivers: [receiver], processors, exporters });
}

/** Only a host on premises has nothing to detect. */
const hasCatalogDetectors = (values: ChartValues): boolean =>
  values.has('presets', 'resourceDetection', 'detectors', 'cloud') ||
  values.isKubernetes ||
  values.provider('resourceDetection') !== 'on-prem';

export const catalogPresets = { kubernetesResources, hostEntityEvents };
