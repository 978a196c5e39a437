import type { ChartValues } from '../../../chart/chart-values.ts';
import type { Collector } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { collectorWorkload } from '../../../model/spans/collector-container.ts';
import { once } from '../../../model/spans/once.ts';
import { listAt, valueAt } from '../../../yaml/value.ts';
import { installedCollectors } from './integration-values.ts';

/** Whether the pods of a collector use the network, ports or folders of their node. */
export function usesNode(model: Model, collector: Collector): boolean {
  const { hostNetwork, hostPorts } = collector;
  return (
    hostNetwork ||
    hostPorts.length > 0 ||
    mountingCollectors(model).has(collector) ||
    listAt(collectorWorkload(model, collector)?.podTemplate, 'spec', 'volumes').some(isFolder)
  );
}

/** Collectors whose values make the chart mount folders of the node. */
const mountingCollectors = once(
  (model): ReadonlySet<Collector> =>
    new Set(
      installedCollectors(model)
        .filter(({ values }) => mountsFolders(values))
        .map(({ collector }) => collector),
    ),
);

/** Presets for which the chart mounts folders of the node; the detection mounts the machine's id. */
const mounting = ['hostMetrics', 'logsCollection', 'resourceDetection', 'journaldReceiver', 'ebpfProfiler'];

const mountsFolders = (values: ChartValues): boolean =>
  mounting.some((preset) => values.preset(preset) && !(preset === 'resourceDetection' && isFargate(values))) ||
  values.list('extraHostPathMounts').length > 0 ||
  values.list('extraVolumes').some(isFolder);

const isFargate = ({ distribution }: ChartValues): boolean => distribution === 'eks/fargate';

const isFolder = (volume: unknown): boolean => valueAt(volume, 'hostPath') !== undefined;
