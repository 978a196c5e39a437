import { componentType } from '../../../pipeline/component.ts';
import { relayExporter } from '../../../pipeline/exporters.ts';
import { keepsNoSpan, samplersIn } from '../../../pipeline/sampling.ts';
import { textAt, valueAt } from '../../../yaml/value.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Model } from '../../model.ts';
import { parseEndpoint } from '../../network/endpoint.ts';
import { nodeResolverReason, podResolver } from '../../network/pod-resolver.ts';
import { collectorWorkload } from '../../spans/collector-container.ts';
import type { CollectorHop, CollectorPath } from '../collector-path.ts';
import type { Reason, Verdict } from '../hop.ts';
import { relayVerdict } from './relay.ts';

/** Where the span goes on to another collector; undefined where it leaves the cluster from the first one. */
export function gatewayVerdict(model: Model, { hops }: CollectorPath): Verdict | undefined {
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
  const unresolved = withoutResolver(model, first.collector, exporter);
  if (unresolved !== undefined) {
    return unresolved;
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
  const [next] = others;
  const refused = next && relayVerdict(model, first.collector, exporter, next.collector);
  if (refused !== undefined) {
    return refused;
  }
  const unsampled = [first, ...others].flatMap((hop) => withoutSpans(hop) ?? []).at(0);
  if (unsampled !== undefined) {
    return unsampled;
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

/** A sampler on the way out of a collector that keeps no span. */
export function withoutSpans({ collector, path }: CollectorHop): Verdict | undefined {
  const [found] = samplersIn(path).flatMap((id) => {
    const message = keepsNoSpan(collector.config, id);
    return message === undefined ? [] : [{ message, place: () => collector.place(['processors', id]) }];
  });
  return (
    found && {
      status: 'broken',
      cause: 'no-sampling-policy',
      message: `${collector.title} keeps no trace`,
      reasons: [found],
      place: found.place,
    }
  );
}

/** The name of the gateway is asked of the resolver of the node, which does not know it. */
function withoutResolver(model: Model, collector: Collector, exporter: string): Verdict | undefined {
  const { rendered, hostNetwork, title } = collector;
  const pod = collectorWorkload(model, collector)?.podTemplate;
  const dnsPolicy = rendered === undefined ? textAt(pod, 'spec', 'dnsPolicy') : rendered.values.text('dnsPolicy');
  const name = serviceNameIn(valueAt(collector.config, 'exporters', exporter));
  if (name === undefined || podResolver({ dnsPolicy, hostNetwork }) !== 'node') {
    return undefined;
  }
  const place = () => collector.place(['exporters', exporter]);
  return {
    status: 'broken',
    cause: 'no-cluster-dns',
    message: `${title} does not resolve ${name}`,
    reasons: [{ message: nodeResolverReason(dnsPolicy), place }],
    place,
  };
}

/** The name that an exporter asks a resolver for; one that asks the API server, or has an address, asks for none. */
function serviceNameIn(settings: unknown): string | undefined {
  const text =
    textAt(settings, 'endpoint') ??
    textAt(settings, 'traces_endpoint') ??
    textAt(settings, 'resolver', 'dns', 'hostname');
  const host = text === undefined ? undefined : parseEndpoint(text).host;
  return host?.kind === 'name' ? host.name : undefined;
}
