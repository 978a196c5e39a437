import type { Variable } from '../environment/variable.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';

/** How an SDK exports traces, by the variables that decide it. */
export interface OtlpSettings {
  /** The variable that names the endpoint: the one for traces wins over the one for all signals. */
  readonly endpointVariable: Variable | undefined;
  /** Undefined where none is set or its value is not known. */
  readonly endpoint: Endpoint | undefined;
  readonly protocolVariable: Variable | undefined;
  readonly protocol: string | undefined;
}

/** @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
export function otlpSettings(environment: ReadonlyMap<string, Variable>): OtlpSettings {
  // An empty variable counts as one that is not set.
  const first = (...names: string[]) =>
    names.map((name) => environment.get(name)).find((found) => found !== undefined && found.value !== '');
  const endpointVariable = first('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT');
  const protocolVariable = first('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL');
  const text = endpointVariable?.value;
  return {
    endpointVariable,
    endpoint: text === undefined || text === '' ? undefined : parseEndpoint(text),
    protocolVariable,
    protocol: protocolVariable?.value,
  };
}
