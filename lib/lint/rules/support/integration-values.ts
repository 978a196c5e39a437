import { type InstalledChart, installedCharts } from '../../../chart/installed-charts.ts';
import { collectorAliases, otherSubCharts } from '../../../chart/schema/umbrella.ts';
import type { Collector } from '../../../model/collector/collector.ts';
import { once } from '../../../model/spans/once.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import { isMapping, type Mapping, textAt, valueAt } from '../../../yaml/value.ts';

/** A sub-chart that values install, and the collector that it becomes. */
export interface InstalledCollector extends InstalledChart {
  readonly alias: string;
  readonly document: SourceDocument;
  readonly collector: Collector;
}

/** Values of the chart `otel-integration`. */
export interface IntegrationValues {
  readonly document: SourceDocument;
  /** As they are written. */
  readonly written: Mapping;
  readonly collectors: readonly InstalledCollector[];
}

/** All of them; what may as well be the values of some other chart is left out. */
export const integrationValues = once((model): readonly IntegrationValues[] => {
  const fromValues = model.collectors.filter((collector) => collector.fromValues);
  return model.values.flatMap((values): IntegrationValues[] => {
    const { document } = values;
    const collectors = installedCharts(values).flatMap((installed): InstalledCollector[] => {
      const collector = fromValues.shift();
      return collector === undefined ? [] : [{ ...installed, alias: installed.chart.alias, document, collector }];
    });
    const written = document.value;
    return values.chart === 'otel-integration' && isMapping(written) && isCertain(written)
      ? [{ document, written, collectors }]
      : [];
  });
});

/** Every collector that they install. */
export const installedCollectors = once((model): readonly InstalledCollector[] =>
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
