import { type Host, hostOf } from './host.ts';

/** The endpoint that an OTLP exporter is configured with. */
export interface Endpoint {
  /** As the process sees it. */
  readonly text: string;
  /** `http`, `https`, or undefined where it is missing. */
  readonly scheme: string | undefined;
  readonly host: Host;
  readonly port: number | undefined;
}

export function parseEndpoint(text: string): Endpoint {
  const [, scheme, host = '', port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/i.exec(text) ?? [];
  return {
    text,
    scheme: scheme?.toLowerCase(),
    host: hostOf(host),
    port: port === undefined ? undefined : Number(port),
  };
}
