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

/** Most variables have the same value in many containers. */
const known = new Map<string, Endpoint>();
const mostKnown = 1_000;

export function parseEndpoint(text: string): Endpoint {
  const found = known.get(text) ?? parsed(text);
  if (known.size >= mostKnown) {
    known.clear();
  }
  known.set(text, found);
  return found;
}

function parsed(text: string): Endpoint {
  const [, scheme, host = '', port] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/i.exec(text) ?? [];
  return {
    text,
    scheme: scheme?.toLowerCase(),
    host: hostOf(host),
    port: port === undefined ? undefined : Number(port),
  };
}
