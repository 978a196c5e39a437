import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { ServiceForecast } from './forecast.ts';
import { isUnbounded } from './label.ts';
import type { SpanSample } from './sample/span-sample.ts';
import type { CountedCollector, ServiceTraffic } from './system-traffic.ts';

interface NotesProps {
  readonly traffic: readonly ServiceTraffic[];
  readonly collectors: readonly CountedCollector[];
  readonly services: readonly ServiceForecast[];
  readonly unused: readonly string[];
  /** Labels whose cost was not counted. */
  readonly uncounted: readonly string[];
  readonly config: ForecastConfig;
  readonly sample: SpanSample | undefined;
}

/** What a reader must know to trust the figures. */
export function notesOf({ traffic, collectors, services, unused, uncounted, config, sample }: NotesProps): string[] {
  const assumed = services.filter(({ basis }) => basis === 'assumed').map(({ service }) => service);
  const known = new Set(traffic.flatMap(({ traced }) => [traced.service, traced.workload.name]));
  return [
    ...(traffic.length === 0 ? ['nothing that was read sends spans'] : []),
    ...(assumed.length === 0
      ? []
      : [
          `* assumed of ${listed(assumed)}: ${config.operations} HTTP operations each, one method, status codes 200, 404 and 500; write forecast.services in the configuration, or give --spans FILE`,
        ]),
    ...traffic.flatMap(({ traced: { service, reason } }) => (reason === undefined ? [] : [`${service}: ${reason}`])),
    ...Object.keys(config.services)
      .filter((name) => !known.has(name))
      .map((name) => `forecast.services.${name}: no workload and no service.name is called so`),
    ...[...(sample?.services.keys() ?? [])]
      .filter((name) => !known.has(name))
      .map((name) => `${name} is in the sample, and not in what was read: not counted`),
    ...(uncounted.length === 0
      ? []
      : [`what ${uncounted.length} further labels cost was not counted: there are too many`]),
    ...unused
      .filter(isUnbounded)
      .map(
        (name) =>
          `${name} is a dimension, and most requests have a value of their own: spans that carry it are not counted`,
      ),
    ...collectors.flatMap(({ collector, counters }) =>
      counters.length === 0 ? [`the span metrics of ${collector.title} leave it by no pipeline`] : [],
    ),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.length} services`;
