import { otlpPort } from '../../../chart/names.ts';
import { componentType } from '../../../pipeline/component.ts';
import type { Listener } from '../../../pipeline/listeners.ts';
import { mappingAt, numberAt, textAt, valueAt } from '../../../yaml/value.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Model } from '../../model.ts';
import { parseEndpoint } from '../../network/endpoint.ts';
import { isLoopback } from '../../network/host.ts';
import type { Service } from '../../network/service.ts';
import { servicesNamed } from '../../spans/services-named.ts';
import type { Cause, Verdict } from '../hop.ts';
import { relayPolicyVerdict } from './policies.ts';

/** How an exporter connects to another collector. */
interface Connection {
  readonly protocol: Listener['protocol'];
  /** The name that it connects to; undefined where it has an address. */
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly isPlain: boolean;
}

function connectionOf(id: string, settings: unknown): Connection {
  const isPlain = (tls: unknown): boolean => textAt(tls, 'insecure') === 'true';
  if (componentType(id) === 'loadbalancing') {
    return {
      protocol: 'grpc',
      host: textAt(settings, 'resolver', 'dns', 'hostname'),
      port: numberAt(settings, 'resolver', 'dns', 'port') ?? otlpPort.grpc,
      isPlain: isPlain(valueAt(settings, 'protocol', 'otlp', 'tls')),
    };
  }
  const { scheme, host, port } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
  return {
    protocol: componentType(id) === 'otlp' ? 'grpc' : 'http',
    host: host.kind === 'name' ? host.name : undefined,
    port,
    isPlain: scheme === 'http' || (scheme !== 'https' && isPlain(valueAt(settings, 'tls'))),
  };
}

/** Whether the next collector takes what the exporter of another one sends; undefined where nothing keeps it from that. */
export function relayVerdict(model: Model, from: Collector, exporter: string, to: Collector): Verdict | undefined {
  const connection = connectionOf(exporter, valueAt(from.config, 'exporters', exporter));
  const { protocol, isPlain } = connection;
  const place = () => from.place(['exporters', exporter]);
  const service = serviceBehind(model, from, connection);
  const broken = (cause: Cause, message: string, reason: string): Verdict => ({
    status: 'broken',
    cause,
    message,
    reasons: [{ message: reason, place }],
    place,
  });
  const title = `${exporter} of ${from.title}`;
  if (service !== undefined && connection.port !== undefined && isWithoutPort(service, connection.port)) {
    const ports = service.ports.map((each) => each.port).join(', ');
    const message = `Service ${service.name} has no port ${connection.port}`;
    return broken('gateway-port', message, `${title} sends there, and its ports are ${ports || 'none'}`);
  }
  const port = service && portBehind(service, connection.port, to);
  if (port === undefined || to.unread !== undefined) {
    return undefined;
  }
  const listener = to.listeners.find((each) => each.port === port);
  const taken = to.listeners.map((each) => `${each.port} (${names[each.protocol]})`).join(', ');
  if (listener === undefined || listener.protocol !== protocol) {
    const message = `${to.title} takes no ${names[protocol]} on port ${port}`;
    return broken('gateway-port', message, `${title} sends ${names[protocol]} there, and it listens on ${taken}`);
  }
  if (isLoopback(listener.host)) {
    const reason = `receiver ${listener.receiver} of ${to.title} listens on ${listener.host}:${port}`;
    return broken('gateway-port', `no other pod reaches ${listener.host}:${port} of ${to.title}`, reason);
  }
  const hasTls =
    Object.keys(mappingAt(to.config, 'receivers', listener.receiver, 'protocols', listener.protocol, 'tls')).length > 0;
  return hasTls === !isPlain
    ? relayPolicyVerdict(model, from, to, port)
    : broken(
        'gateway-tls',
        hasTls
          ? `${to.title} takes TLS, and ${title} sends without`
          : `${title} speaks TLS, and ${to.title} has no certificate`,
        hasTls
          ? `receiver ${listener.receiver} of ${to.title} has a certificate`
          : 'without tls.insecure an exporter speaks TLS',
      );
}

const names = { grpc: 'gRPC', http: 'HTTP' } as const;

/** The Service that the exporter names; one that stands for another name is not followed. */
function serviceBehind(model: Model, { namespace }: Collector, { host }: Connection): Service | undefined {
  const [name = '', where = namespace] = host?.split('.') ?? [];
  const service = servicesNamed(model, name).find((each) => where === undefined || each.namespace === where);
  return service?.type === 'ExternalName' ? undefined : service;
}

const isWithoutPort = ({ headless, ports }: Service, port: number): boolean =>
  !headless && ports.every((each) => each.port !== port);

/** The port of the pods behind a port of a Service. */
function portBehind({ headless, ports }: Service, port: number | undefined, to: Collector): number | undefined {
  const through = ports.find((each) => each.port === port);
  if (headless || through === undefined) {
    return headless ? port : undefined;
  }
  const target = Number(through.targetPort);
  return Number.isNaN(target) ? to.namedPorts?.get(through.targetPort) : target;
}
