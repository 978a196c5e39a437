import { componentType } from '../../../pipeline/component.ts';
import { relayExporter } from '../../../pipeline/exporters.ts';
import { samplersIn } from '../../../pipeline/spans.ts';
import type { CollectorPath } from '../collector-path.ts';
import type { Reason, Verdict } from '../hop.ts';

/** Where the span goes on to another collector; undefined where it leaves the cluster from the first one. */
export function gatewayVerdict({ hops }: CollectorPath): Verdict | undefined {
  const [first, ...others] = hops;
  const exporter = first === undefined ? undefined : relayExporter(first.exporters);
  if (first === undefined || exporter === undefined) {
    return undefined;
  }
  const sends: Reason = {
    message: `${exporter} of ${first.collector.title} sends it on`,
    place: () => first.collector.place(['exporters', exporter]),
  };
  if (others.length === 0) {
    return componentType(exporter) === 'loadbalancing'
      ? {
          status: 'broken',
          cause: 'no-gateway',
          message: 'the span goes to a gateway that does not exist',
          reasons: [sends],
          place: sends.place,
        }
      : undefined;
  }
  const closed = others.find(({ collector, passed }) => collector.listeners.length === 0 || passed.length === 0);
  if (closed !== undefined) {
    const place = () => closed.collector.place(['service', 'pipelines', 'traces']);
    const reasons = [sends, { message: 'it has no pipeline of traces with an OTLP receiver', place }];
    return {
      status: 'broken',
      cause: 'closed-gateway',
      message: `${closed.collector.title} takes no spans`,
      reasons,
      place,
    };
  }
  const reasons = others.flatMap(({ collector, passed }): Reason[] =>
    samplersIn(passed).map((id) => ({
      message: `${id} keeps whole traces or none`,
      place: () => collector.place(['processors', id]),
    })),
  );
  const titles = others.map(({ collector }) => collector.title);
  return {
    status: 'ok',
    message: `the span goes on to ${titles.join(', then to ')}`,
    reasons: [sends, ...reasons],
    place: sends.place,
  };
}
