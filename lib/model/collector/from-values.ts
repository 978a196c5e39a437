import { chartService } from '../../chart/chart-service.ts';
import type { ChartValues } from '../../chart/chart-values.ts';
import { type EffectiveDimension, effectiveDimensions } from '../../chart/effective-dimensions.ts';
import { installation, unknownRelease } from '../../chart/installation.ts';
import { type InstalledChart, installedCharts } from '../../chart/installed-charts.ts';
import { merged } from '../../chart/merge.ts';
import { subChart } from '../../chart/names.ts';
import { hostPorts } from '../../chart/ports.ts';
import { rendered } from '../../chart/rendered.ts';
import { withTemplates } from '../../chart/template-text.ts';
import { ValuesPlace } from '../../chart/values-place.ts';
import { configuredDimensions } from '../../pipeline/configured-dimensions.ts';
import { mainSpanMetricsConnector } from '../../pipeline/connectors.ts';
import { listenersOf } from '../../pipeline/listeners.ts';
import { pipelinesOf } from '../../pipeline/pipeline.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import type { Path } from '../../yaml/value.ts';
import { mappingAt, valueAt } from '../../yaml/value.ts';
import type { ValuesDocument } from '../model.ts';
import type { Service } from '../network/service.ts';
import type { Collector } from './collector.ts';
import { tierOf } from './tier.ts';

/**
 * The collectors that the chart would run with these values, known without Helm.
 *
 * What is not known: settings that no rule asks for, extensions and the collector's own telemetry, the pods that the
 * operator makes with `collectorCRD`, and whether the chart refuses the values.
 *
 * @param release the release's name; where it is not told, what is named after it is not known
 */
export const collectorsFromValues = (
  document: ValuesDocument,
  releaseNamespace: string,
  release: string = unknownRelease,
): Collector[] => installedCharts(document).map((entry) => collectorOf(document, entry, releaseNamespace, release));

/** The Services that the chart would make with these values. */
export const servicesFromValues = (
  values: ValuesDocument,
  releaseNamespace: string,
  release: string = unknownRelease,
): Service[] =>
  installedCharts(values).flatMap((entry) => {
    const service = chartService(entry, installation(entry.chart, entry.values, releaseNamespace, release));
    return service === undefined
      ? []
      : [{ ...service, place: () => values.document.place([...entry.path, 'service'], 'key') }];
  });

function collectorOf(
  { document }: ValuesDocument,
  { chart, values, path }: InstalledChart,
  releaseNamespace: string,
  release: string,
): Collector {
  const draft = rendered(values);
  const config = mappingAt({ config: withTemplates(draft.toConfiguration(), values.all) }, 'config');
  const pipelines = pipelinesOf(config);
  const { namespace, labels } = installation(chart, values, releaseNamespace, release);
  const onEveryNode = values.mode === 'daemonset';
  const hostNetwork = values.has('hostNetwork') && !values.has('isWindows');
  const isMain = mainSpanMetricsConnector(pipelines) === 'spanmetrics';
  const listeners = listenersOf(config);
  const place = new ValuesPlace(document, path, draft);
  return {
    title: `the ${chart.title} of ${document.file}`,
    tier: chart.tier ?? tierOf(onEveryNode, pipelines),
    namespace,
    fromValues: true,
    onEveryNode,
    hostNetwork,
    hostPorts: hostPorts(values, hostNetwork, listeners),
    // With `collectorCRD` the operator makes the pods, and labels them as it likes.
    labels: values.has('collectorCRD', 'generate') ? {} : labels,
    config,
    pipelines,
    listeners,
    dimensions: isMain ? presetDimensions(document, values, path) : configuredDimensions(config, pipelines),
    place: (wanted = []) => place.of(wanted),
  };
}

/** What holds for the agent holds for every sub-chart, but that the preset is off where values do not say. */
function presetDimensions({ value }: SourceDocument, values: ChartValues, path: Path): EffectiveDimension[] {
  const told = { presets: { spanMetrics: { enabled: values.preset('spanMetrics') } } };
  return effectiveDimensions({ [subChart.agent]: merged(told, valueAt(value, ...path) ?? {}) });
}
