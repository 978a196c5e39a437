import { exportersOf } from '../../pipeline/exporters.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { Journey, Stage } from '../journey.ts';
import { coralogixHost } from '../way-out/coralogix-host.ts';

/** How span and span metrics leave the cluster. */
export function exportVerdict({ stages, counts }: Journey): Verdict {
  const last = stages.at(-1);
  const [count] = counts;
  if (last === undefined) {
    return { status: 'unknown', says: 'cannot tell how the span leaves the cluster', because: [] };
  }
  const { collector } = last;
  const place = collector.place(['service', 'pipelines', last.passed[0]?.id ?? 'traces', 'exporters']);
  const metrics =
    count?.consumer === undefined
      ? []
      : exportersOf(count.collector.pipelines, [count.consumer]).map((id) => ({ id, collector: count.collector }));
  if (last.exporters.length === 0) {
    const says = `the span stays in ${collector.title}`;
    return { status: 'broken', says, because: [{ says: 'no exporter sends traces', place }], place };
  }
  if (count?.consumer !== undefined && metrics.length === 0) {
    const because = [
      {
        says: `pipeline ${count.consumer.id} has no exporter`,
        place: count.collector.place(['service', 'pipelines', count.consumer.id]),
      },
    ];
    return { status: 'broken', says: 'the span metrics stay in the collector', because, place };
  }
  return twice(stages) ?? toCoralogix(last, metrics, place);
}

/** A collector that hands traces on and exports them as well. */
function twice(stages: readonly Stage[]): Verdict | undefined {
  const early = stages
    .slice(0, -1)
    .find(({ collector, exporters }) => exporters.some((id) => coralogixHost(collector, id) !== undefined));
  if (early === undefined) {
    return undefined;
  }
  const { collector, exporters } = early;
  const place = collector.place(['service', 'pipelines', early.passed[0]?.id ?? 'traces', 'exporters']);
  const because = [{ says: `${collector.title} exports by ${exporters.join(' and by ')}`, place }];
  return { status: 'broken', says: 'the span arrives, and is paid for, twice', because, place };
}

function toCoralogix(
  last: Stage,
  metrics: readonly { readonly id: string; readonly collector: Stage['collector'] }[],
  place: Reason['place'],
): Verdict {
  const { collector, exporters } = last;
  const hosts = exporters.flatMap((id) => coralogixHost(collector, id) ?? []);
  const metricHosts = metrics.flatMap((way) => coralogixHost(way.collector, way.id) ?? []);
  const because = [
    { says: `the span leaves ${collector.title} by ${exporters.join(', ')}`, place },
    ...metrics.map((way) => ({
      says: `the span metrics leave ${way.collector.title} by ${way.id}`,
      place: way.collector.place(['exporters', way.id]),
    })),
  ];
  if (hosts.length === 0 || (metrics.length > 0 && metricHosts.length === 0)) {
    const what = hosts.length === 0 ? 'the span' : 'the span metrics';
    return {
      status: 'unknown',
      says: `cannot tell whether Coralogix gets ${what}: no exporter names it`,
      because,
      place,
    };
  }
  const [host] = hosts;
  return host === ''
    ? { status: 'broken', says: 'the exporter has no domain of Coralogix', because, place }
    : { status: 'ok', says: `span and span metrics leave for ${host}`, because, place };
}
