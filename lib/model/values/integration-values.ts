import type { RenderedCollector } from '../../chart/chart.ts';
import { ChartValues } from '../../chart/chart-values.ts';
import { collectorAliases, otherSubCharts } from '../../chart/schema/umbrella.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, type Mapping, type Path, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { memoized } from '../spans/memoized.ts';

/** A sub-chart that values install, and the collector that it becomes. */
export interface InstalledCollector {
  readonly alias: string;
  readonly document: SourceDocument;
  /** Where its values stand in the document. */
  readonly path: Path;
  /** With the chart's own below them. */
  readonly values: ChartValues;
  readonly collector: Collector;
}

/** Values of the chart `otel-integration`. */
export interface IntegrationValues {
  readonly document: SourceDocument;
  /** Where in the document they begin; `global` stands at the top all the same. */
  readonly root: Path;
  /** As they are written. */
  readonly written: Mapping;
  readonly collectors: readonly InstalledCollector[];
}

/** All of them; what may as well be the values of some other chart is left out. */
export const integrationValues = memoized((model): readonly IntegrationValues[] => {
  const collectors = new Map(model.collectors.map((collector) => [collector.rendered, collector]));
  return model.values.flatMap(
    ({ chart, document, root, written, rendering, isNamed, valuesFiles }): IntegrationValues[] => {
      // A values file that is given may still be that of another chart.
      const isCertainly = (isNamed && valuesFiles.length === 0) || root.length > 0 || isCertain(written);
      return chart === 'otel-integration' && isCertainly
        ? [
            {
              document,
              root,
              written,
              collectors: rendering.collectors.flatMap((rendered) => {
                const collector = collectors.get(rendered);
                return collector === undefined ? [] : [installed(document, rendered, collector)];
              }),
            },
          ]
        : [];
    },
  );
});

const installed = (
  document: SourceDocument,
  { chart, path, values }: RenderedCollector,
  collector: Collector,
): InstalledCollector => ({
  alias: chart.alias,
  document,
  path,
  values: new ChartValues(values.all, values.written, values.missing),
  collector,
});

/** Every collector that they install. */
export const installedCollectors = memoized((model): readonly InstalledCollector[] =>
  integrationValues(model).flatMap(({ collectors }) => collectors),
);

/** `global.domain` and a top-level `presets` are keys of many charts. */
function isCertain(written: Mapping): boolean {
  const keys = Object.keys(written);
  const isWrapped = keys.some((key) => !subChart.test(key) && Object.keys(entries(written[key])).some(isAlias));
  const domain = textAt(written, 'global', 'domain') ?? '';
  const hasGlobals = domain !== '' && valueAt(written, 'global', 'clusterName') !== undefined;
  return (
    !isWrapped &&
    (keys.some((key) => subChart.test(key)) ||
      isMapping(written['presets']) ||
      /coralogix|cx498/.test(domain) ||
      hasGlobals)
  );
}

const subChart = /^(opentelemetry|coralogix)[-_]?\w/i;

const isAlias = (key: string): boolean => collectorAliases.includes(key) || otherSubCharts.includes(key);

const entries = (value: unknown): Mapping => (isMapping(value) ? value : {});

/** How each of them is installed. */
export const installedBy = memoized(
  (model): ReadonlyMap<Collector, InstalledCollector> =>
    new Map(installedCollectors(model).map((installed) => [installed.collector, installed])),
);
