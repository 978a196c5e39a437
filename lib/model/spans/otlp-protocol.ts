import { otlpPort } from '../../chart/names.ts';
import { listenerAt } from './listener-at.ts';
import type { SpanExport } from './span-export.ts';

export type OtlpTransport = 'grpc' | 'http';

/** What each value of `OTEL_EXPORTER_OTLP_PROTOCOL` is sent over. */
export const transports: Readonly<Record<string, OtlpTransport>> = {
  grpc: 'grpc',
  'http/protobuf': 'http',
  'http/json': 'http',
};

export const transportOf = (protocol: string | undefined): OtlpTransport | undefined =>
  protocol !== undefined && Object.hasOwn(transports, protocol) ? transports[protocol] : undefined;

/** Whether a value is one that SDKs know, or is known only in the cluster. */
export const isProtocol = (protocol: string): boolean =>
  protocol === '' || transportOf(protocol) !== undefined || /[<$]/.test(protocol);

/** What the port takes: by the collector's receiver, else by the port's number. */
export function transportAt({ answer, endpoint }: SpanExport): OtlpTransport | undefined {
  const listener = answer.kind === 'collector' ? listenerAt(answer, endpoint.port) : undefined;
  const [usual] = (['grpc', 'http'] as const).filter((transport) => otlpPort[transport] === endpoint.port);
  return listener?.protocol ?? usual;
}
