import { otlpPort } from '../../chart/names.ts';
import { groupBy } from '../../group-by.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type MeshProxy, meshProxyOf } from '../../model/spans/mesh.ts';
import { type SpanExport, spanExports } from '../../model/spans/span-export.ts';
import { writtenResourceAttributes } from '../../model/spans/written-resource-attributes.ts';
import { attribute } from '../../telemetry/resource-attributes.ts';
import type { Rule } from '../rule.ts';
import { usersOf } from './support/value-source.ts';

export const noMeshInterception: Rule = {
  id: 'no-mesh-interception',
  severity: 'warning',
  documentation: {
    summary:
      'Reports a service mesh whose proxy stands between pods and collector, where spans have no attribute of their pod.',
    why: 'Without `k8s.pod.ip` or `k8s.pod.uid` the agent knows a pod by the address that its connection comes from. With a proxy in between that may be the proxy’s: of Istio’s sidecar beside a collector it is 127.0.0.6 for every pod. A proxy also chooses among the pods of a Service by itself, so it may choose the agent of another node.',
    remediation: 'Let the OTLP ports go past the proxy, or send `k8s.pod.ip` and `k8s.pod.uid` from the downward API.',
    example: `metadata:
  annotations:
    config.linkerd.io/skip-outbound-ports: "4317,4318"
    traffic.sidecar.istio.io/excludeOutboundPorts: "4317,4318"`,
    see: [
      'https://linkerd.io/2/reference/proxy-configuration/',
      'https://istio.io/latest/docs/reference/config/annotations/',
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/issues/29630',
    ],
  },
  check(model) {
    const found = spanExports(model).flatMap((span) => {
      const proxy = isKnownByConnection(span) ? proxyOf(model, span) : undefined;
      return proxy === undefined ? [] : [{ workload: span.workload, ...proxy }];
    });
    const same = groupBy(found, ({ proxy, direction }) => `${direction} ${proxy.asked.namespace} ${proxy.asked.title}`);
    return [...same.values()].map((senders) => {
      const [{ proxy, direction, whose }] = senders;
      return {
        message: `the proxy of ${proxy.mesh} in the pods of ${whose ?? usersOf(senders)} stands between ${usersOf(senders)} and the collector, and the spans have neither ${attribute.podIp} nor ${attribute.podUid}`,
        place: proxy.place(),
        suggestion: `add to the pods' annotations: ${proxy.remedy(direction)}`,
        manifest: proxy.asked,
      };
    });
  },
};

const isKnownByConnection = ({ environment, instrumentation, answer }: SpanExport): boolean => {
  const { values } = writtenResourceAttributes(environment);
  const saysPod = values.has(attribute.podIp) || values.has(attribute.podUid);
  return instrumentation.kind !== 'injected' && !saysPod && ['collector', 'unknown', 'no-pods'].includes(answer.kind);
};

interface Interception {
  readonly proxy: MeshProxy;
  readonly direction: 'Inbound' | 'Outbound';
  /** The collector, where the proxy is its. */
  readonly whose?: string;
}

/** The proxy beside the collector, which hides every pod, else the one beside the program. */
function proxyOf(model: Model, { workload, endpoint, answer }: SpanExport): Interception | undefined {
  const port = endpoint.port ?? otlpPort.grpc;
  const receiver = answer.kind === 'collector' ? collectorWorkload(model, answer.collector) : undefined;
  const beside = receiver === undefined ? undefined : meshProxyOf(model, receiver);
  if (receiver !== undefined && beside !== undefined && !beside.skips('Inbound', port)) {
    return { proxy: beside, direction: 'Inbound', whose: receiver.title };
  }
  const own = meshProxyOf(model, workload);
  return own === undefined || own.skips('Outbound', port) ? undefined : { proxy: own, direction: 'Outbound' };
}
