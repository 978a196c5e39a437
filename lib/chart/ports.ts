import type { ServicePort } from '../model/network/service.ts';
import { type Listener, withListeners } from '../pipeline/listeners.ts';
import { isMapping, type Mapping, numberAt, textAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';

const port = (number: number): Mapping => ({ enabled: true, containerPort: number, hostPort: number });

/** Ports that a preset opens where `ports` does not name them. */
const ofPresets: Readonly<Record<string, Readonly<Record<string, Mapping>>>> = {
  jaegerReceiver: {
    'jaeger-grpc': port(14_250),
    'jaeger-thrift': port(14_268),
    'jaeger-compact': port(6831),
    'jaeger-binary': port(6832),
  },
  zipkinReceiver: { zipkin: port(9411) },
  statsdReceiver: { statsd: port(8125) },
  otlpReceiver: { otlp: port(4317), 'otlp-http': port(4318) },
};

/** Ports of the node that lead to the pods. */
export function hostPorts(values: ChartValues, hostNetwork: boolean, listeners: readonly Listener[]): number[] {
  const isOpen = values.mode === 'daemonset' && values.distribution !== 'gke/autopilot';
  const named = podPorts(values).flatMap(
    (entry) =>
      (isOpen ? numberAt(entry, 'hostPort') : undefined) ??
      (hostNetwork ? (numberAt(entry, 'containerPort') ?? []) : []),
  );
  return withListeners(named, hostNetwork, listeners);
}

function podPorts(values: ChartValues): Mapping[] {
  const added = Object.entries(ofPresets).flatMap(([preset, ports]) => (values.preset(preset) ? [ports] : []));
  const all: Mapping = Object.assign({}, ...added, values.mapping('ports'));
  return Object.values(all)
    .filter(isMapping)
    .filter(({ enabled }) => enabled === true);
}

export const servicePorts = (values: ChartValues): ServicePort[] =>
  Object.entries(values.mapping('ports'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, entry]) => {
      const number = numberAt(entry, 'servicePort');
      return textAt(entry, 'enabled') === 'true' && number !== undefined
        ? [{ name, port: number, targetPort: textAt(entry, 'containerPort') ?? `${number}` }]
        : [];
    });
