import type { CollectorPath } from '../collector-path.ts';
import { type CoralogixName, type CoralogixNames, coralogixHost, coralogixNamesOf } from '../coralogix-exporter.ts';
import type { Reason, Verdict } from '../hop.ts';

/** The names under which the span is found; undefined where it does not get to Coralogix. */
export function coralogixNamesAt({ hops }: CollectorPath): CoralogixNames | undefined {
  const last = hops.at(-1);
  const exporter = last?.exporters.find((id) => coralogixHost(last.collector, id) !== undefined);
  return last === undefined || exporter === undefined
    ? undefined
    : coralogixNamesOf(last.collector, exporter, last.enrichment.resource);
}

/** Under which application and subsystem it is found. */
export function coralogixVerdict(collectorPath: CollectorPath): Verdict {
  const names = coralogixNamesAt(collectorPath);
  const last = collectorPath.hops.at(-1);
  if (names === undefined || last === undefined) {
    return {
      status: 'unknown',
      message: 'cannot tell the names in Coralogix',
      reasons: [{ message: 'no exporter sends to Coralogix' }],
    };
  }
  const { application, subsystem } = names;
  const place = () => last.collector.place(['exporters', last.exporters[0] ?? 'coralogix']);
  const reasons = [reason('application', application, place), reason('subsystem', subsystem, place)];
  const message = `application ${shown(application)}, subsystem ${shown(subsystem)}`;
  if (application.isFallback || subsystem.isFallback) {
    return {
      status: 'broken',
      cause: 'default-names',
      message: `${message}: the defaults, which all unnamed data shares`,
      reasons,
      place,
    };
  }
  const isKnown = application.value !== undefined && subsystem.value !== undefined;
  return { status: isKnown ? 'ok' : 'unknown', message, reasons, place };
}

const shown = ({ value }: CoralogixName): string => value ?? '(cannot tell)';

const reason = (kind: string, { attribute, isFallback }: CoralogixName, place: Reason['place']): Reason => ({
  message:
    attribute !== undefined
      ? `the ${kind} is the span's ${attribute}`
      : isFallback
        ? `the span has none of the attributes that the ${kind} is named after`
        : `the exporter names the ${kind} itself`,
  place,
});
