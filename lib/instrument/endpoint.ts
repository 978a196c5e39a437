import { parseEndpoint } from '../model/network/endpoint.ts';
import { endpointVariable, type OtlpProtocol, otlpProtocols } from '../telemetry/environment.ts';
import type { EnvEntry } from './env-entry.ts';
import { type CodedReason, reason } from './reason.ts';

/** Where all workloads send their spans. */
export interface EndpointContract {
  /** Address of the collector, e.g. `http://coralogix-opentelemetry-collector:4317`. */
  readonly url: string;
  /**
   * ConfigMap whose key holds that address, in the namespace of each workload.
   *
   * @default - the address is written into each workload
   */
  readonly configMap?: { readonly name: string; readonly key: string };
  /**
   * Whether it takes the place of another endpoint that is not wrong.
   *
   * @default false
   */
  readonly replaces?: boolean;
}

/** The alias Service of DESIGN's contract, which leads to the agent on the pod's own node. */
export const defaultEndpoint: EndpointContract = { url: 'http://coralogix-opentelemetry-collector:4317' };

export const tracesEndpointVariable = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
export const protocolVariable = 'OTEL_EXPORTER_OTLP_PROTOCOL';
export const tracesProtocolVariable = 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';

const portOf = { grpc: '4317', 'http/protobuf': '4318' } as const;

const defaultPort = /:431[78](?=\/|$)/;

/** The protocol that the port of an address is for, by the registered ports alone. */
export function protocolOfPort(url: string): OtlpProtocol | undefined {
  const [found] = defaultPort.exec(url) ?? [];
  return found === undefined ? undefined : found === ':4317' ? 'grpc' : 'http/protobuf';
}

/** An address with the registered port of a protocol; any other port stays. */
export const withPortFor = (url: string, protocol: OtlpProtocol): string =>
  url.replace(defaultPort, `:${portOf[protocol]}`);

/** The entry that sends spans to the contract's address. */
export function endpointEntry(contract: EndpointContract, name: string, protocol: OtlpProtocol | undefined): EnvEntry {
  const base = protocol === undefined ? contract.url : withPortFor(contract.url, protocol);
  const isForTraces = name === tracesEndpointVariable && protocol === 'http/protobuf';
  const url = isForTraces ? `${base.replace(/\/$/, '')}/v1/traces` : base;
  return contract.configMap !== undefined && url === contract.url
    ? { name, valueFrom: { configMapKeyRef: { name: contract.configMap.name, key: contract.configMap.key } } }
    : { name, value: url };
}

/** Whether an entry holds the contract already, for some protocol. */
export function isContract(contract: EndpointContract, entry: EnvEntry | undefined): boolean {
  return [undefined, ...otlpProtocols].some((protocol) => {
    const { value, valueFrom } = endpointEntry(contract, entry?.name ?? endpointVariable, protocol);
    return valueFrom === undefined
      ? value === entry?.value
      : JSON.stringify(valueFrom) === JSON.stringify(sortedReference(entry));
  });
}

function sortedReference(entry: EnvEntry | undefined): unknown {
  const reference = entry?.valueFrom?.['configMapKeyRef'];
  return typeof reference === 'object' && reference !== null && 'name' in reference && 'key' in reference
    ? { configMapKeyRef: { name: reference.name, key: reference.key } }
    : undefined;
}

/**
 * What is wrong with an endpoint that stands there.
 *
 * @param value what the process sees
 * @param hasCollector whether a collector runs in the same pod
 * @returns undefined where nothing is
 */
export function endpointReason(variable: string, value: string, hasCollector: boolean): CodedReason | undefined {
  const { kind } = parseEndpoint(value).host;
  if ((kind === 'loopback' || kind === 'pod') && !hasCollector) {
    return reason('endpoint-localhost', `${variable} was ${value}, and no collector listens in the pod itself`);
  }
  if (kind === 'coralogix') {
    return reason('endpoint-direct', `${variable} was ${value}: spans that pass no agent have neither pod nor node`);
  }
  if (/\$\([^)]*\)|\$\{[^}]*\}/.test(value)) {
    return reason('endpoint-unexpanded', `${variable} was ${value}, which nothing expands`);
  }
  return undefined;
}

export const hasScheme = (value: string): boolean => /^[a-z][\w+.-]*:\/\//i.test(value);
