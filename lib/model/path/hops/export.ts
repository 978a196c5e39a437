import { isWrongDomain } from '../../../coralogix/domain.ts';
import { componentType } from '../../../pipeline/component.ts';
import { exportersOf } from '../../../pipeline/exporters.ts';
import { quoted } from '../../../text/quoted.ts';
import { textAt } from '../../../yaml/value.ts';
import { unreplacedVariables } from '../../collector/unreplaced-variables.ts';
import type { CollectorHop, CollectorPath } from '../collector-path.ts';
import { coralogixHost } from '../coralogix-exporter.ts';
import type { Reason, Verdict } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';
import { withoutSpans } from './gateway.ts';
import { exportPolicyVerdict } from './policies.ts';

/** How span and span metrics leave the cluster. */
export function exportVerdict({ model, workload }: SpanPath, { hops, counts }: CollectorPath): Verdict {
  const last = hops.at(-1);
  const [count] = counts;
  if (last === undefined) {
    return { status: 'unknown', message: 'cannot tell how the span leaves the cluster', reasons: [] };
  }
  const { collector } = last;
  const place = () => collector.place(['service', 'pipelines', last.passed[0]?.id ?? 'traces', 'exporters']);
  const metrics =
    count?.consumer === undefined
      ? []
      : exportersOf(count.collector.pipelines, [count.consumer]).map((id) => ({ id, collector: count.collector }));
  if (last.exporters.length === 0) {
    const message = `the span stays in ${collector.title}`;
    return {
      status: 'broken',
      cause: 'no-exporter',
      message,
      reasons: [{ message: 'no exporter sends traces', place }],
      place,
    };
  }
  const consumer = count?.consumer;
  const refused = (): Verdict | undefined => {
    const used = [...last.exporters.map((id) => ({ id, collector })), ...metrics];
    const verdicts = used.flatMap((exporter) => {
      const host = coralogixHost(exporter.collector, exporter.id);
      return host === undefined
        ? []
        : (exportPolicyVerdict(model, workload, exporter.collector, exporter.id, host) ?? []);
    });
    return verdicts.find(({ status }) => status === 'broken') ?? verdicts[0];
  };
  if (consumer !== undefined && metrics.length === 0) {
    const reasons = [
      {
        message: `pipeline ${consumer.id} has no exporter`,
        place: () => count?.collector.place(['service', 'pipelines', consumer.id]),
      },
    ];
    return {
      status: 'broken',
      cause: 'no-metrics-exporter',
      message: 'the span metrics stay in the collector',
      reasons,
      place,
    };
  }
  return (
    (hops.length === 1 ? withoutSpans(last) : undefined) ??
    twice(hops) ??
    unreplaced(hops, metrics) ??
    refused() ??
    toCoralogix(last, metrics, place)
  );
}

interface UsedExporter {
  readonly id: string;
  readonly collector: CollectorHop['collector'];
}

/** The domain of an exporter of Coralogix' own; others have a host. */
const writtenDomain = ({ id, collector }: UsedExporter): string[] => {
  const domain = componentType(id) === 'coralogix' ? textAt(collector.config, 'exporters', id, 'domain') : undefined;
  return domain === undefined ? [] : [domain];
};

/** A setting of an exporter with a variable that the collector does not replace. */
function unreplaced(hops: readonly CollectorHop[], metrics: readonly UsedExporter[]): Verdict | undefined {
  const used = [...hops.flatMap(({ collector, exporters }) => exporters.map((id) => ({ id, collector }))), ...metrics];
  for (const { id, collector } of used) {
    const found = unreplacedVariables(collector).find(
      ({ path: [section, name] }) => section === 'exporters' && name === id,
    );
    if (found !== undefined) {
      const place = () => collector.place(found.path);
      return {
        status: 'broken',
        cause: 'unreplaced-variable',
        message: `${id} of ${collector.title} sends nothing that arrives`,
        reasons: [{ message: found.message, place }],
        place,
      };
    }
  }
  return undefined;
}

/** A collector that sends traces to another collector and to Coralogix as well. */
function twice(hops: readonly CollectorHop[]): Verdict | undefined {
  const early = hops
    .slice(0, -1)
    .find(({ collector, exporters }) => exporters.some((id) => coralogixHost(collector, id) !== undefined));
  if (early === undefined) {
    return undefined;
  }
  const { collector, exporters } = early;
  const place = () => collector.place(['service', 'pipelines', early.passed[0]?.id ?? 'traces', 'exporters']);
  const reasons = [{ message: `${collector.title} exports by ${exporters.join(' and by ')}`, place }];
  return {
    status: 'broken',
    cause: 'exported-twice',
    message: 'the span arrives, and is paid for, twice',
    reasons,
    place,
  };
}

function toCoralogix(last: CollectorHop, metrics: readonly UsedExporter[], place: Reason['place']): Verdict {
  const { collector, exporters } = last;
  const hosts = exporters.flatMap((id) => coralogixHost(collector, id) ?? []);
  const metricHosts = metrics.flatMap((exporter) => coralogixHost(exporter.collector, exporter.id) ?? []);
  const reasons = [
    { message: `the span leaves ${collector.title} by ${exporters.join(', ')}`, place },
    ...metrics.map((exporter) => ({
      message: `the span metrics leave ${exporter.collector.title} by ${exporter.id}`,
      place: () => exporter.collector.place(['exporters', exporter.id]),
    })),
  ];
  const domains = [...exporters.map((id) => ({ id, collector })), ...metrics].flatMap(writtenDomain);
  const wrong = domains.find(isWrongDomain);
  if (wrong !== undefined) {
    const message = `${quoted(wrong)} is no domain of Coralogix`;
    return { status: 'broken', cause: 'wrong-domain', message, reasons, place };
  }
  if (hosts.length === 0 || (metrics.length > 0 && metricHosts.length === 0)) {
    const what = hosts.length === 0 ? 'the span' : 'the span metrics';
    return {
      status: 'unknown',
      message: `cannot tell whether Coralogix gets ${what}: no exporter sends to it`,
      reasons,
      place,
    };
  }
  const [host] = hosts;
  if (host === '' && collector.fromValues) {
    return {
      status: 'unknown',
      message: 'cannot tell which domain of Coralogix the exporter sends to',
      reasons: [{ message: 'the values name no domain; helm may get one by --set' }, ...reasons],
      place,
    };
  }
  return host === ''
    ? { status: 'broken', cause: 'no-domain', message: 'the exporter has no domain of Coralogix', reasons, place }
    : { status: 'ok', message: `span and span metrics leave for ${host}`, reasons, place };
}
