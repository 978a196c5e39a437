import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { Model } from '../model/model.ts';
import { maskTexts } from '../secrets/mask-secrets.ts';
import { capsOf, partLeft } from './caps.ts';
import { type SpanCounter, seriesPerDuration } from './collector/span-counter.ts';
import { allSeries, countSeries, countSource, renewedSeries } from './count.ts';
import { dropsOf } from './drops.ts';
import type { Budget, Forecast, MetricForecast } from './forecast.ts';
import { labelCosts } from './label-costs.ts';
import { notesOf } from './notes.ts';
import type { SpanSample } from './sample/span-sample.ts';
import { serviceForecast } from './service-forecast.ts';
import { type CountedCollector, countedCollectors, systemTraffic } from './system-traffic.ts';

/**
 * Forecasts the series of a system's span metrics.
 *
 * @param sample spans that were recorded; where a service is in it, its description does not count
 */
export function forecastSystem(model: Model, config: ForecastConfig, sample?: SpanSample): Forecast {
  const traffic = systemTraffic(model, config, sample);
  const collectors = countedCollectors(traffic);
  const services = traffic.map((service) => serviceForecast(service, collectors));
  const metrics = collectors.flatMap(metricForecasts);
  const series = sum(metrics.map((metric) => metric.series));
  const begun = sum(services.map((service) => service.seriesPerDay - service.series));
  const { costs, free, unused, uncounted } = labelCosts(collectors);
  return maskTexts({
    series,
    emittedSeries: series - sum(collectors.flatMap(lostToCaps)),
    seriesPerDay: series + begun,
    services: services.sort((one, other) => other.series - one.series),
    metrics,
    labels: costs,
    freeLabels: free,
    unusedDimensions: unused,
    drops: dropsOf(collectors, costs),
    churn: { perDeployment: renewedSeries(collectors), perDay: begun, expiration: expirationOf(collectors) },
    caps: capsOf(collectors),
    budgets: budgetsOf(config, series, series + begun),
    notes: notesOf({ traffic, collectors, services, unused, uncounted, config, sample }),
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const metricForecasts = ({ counters, sources }: CountedCollector): MetricForecast[] =>
  counters.map((counter) => {
    const count = countSeries(counter, sources);
    return {
      connector: counter.id,
      names: namesOf(counter),
      labelSets: count.labelSets,
      seriesPerLabelSet: 1 + seriesPerDuration(counter),
      series: allSeries(count),
    };
  });

/** As Coralogix stores them. */
function namesOf({ settings: { namespace, unit, hasDuration } }: SpanCounter): string[] {
  const prefix = namespace === '' ? '' : `${namespace.replaceAll('.', '_')}_`;
  return [`${prefix}calls_total`, ...(hasDuration ? [`${prefix}duration_${unit}`] : [])];
}

const lostToCaps = ({ counters, sources }: CountedCollector): number[] =>
  counters.flatMap((counter) =>
    sources.map((source) => Math.round(allSeries(countSource(counter, source)) * (1 - partLeft(counter, source)))),
  );

const expirationOf = (collectors: readonly CountedCollector[]): string | undefined =>
  collectors.flatMap(({ counters }) => counters.filter(({ isMain }) => isMain))[0]?.settings.expiration;

const budgetsOf = ({ budget, budgetPerDay }: ForecastConfig, series: number, seriesPerDay: number): Budget[] => [
  ...(budget === undefined ? [] : [{ of: 'series' as const, limit: budget, reached: series }]),
  ...(budgetPerDay === undefined ? [] : [{ of: 'seriesPerDay' as const, limit: budgetPerDay, reached: seriesPerDay }]),
];
