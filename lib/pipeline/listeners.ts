import { isMapping, mappingAt, textAt } from '../yaml/value.ts';
import { componentType } from './component.ts';
import type { Pipelines } from './pipelines.ts';

/** A port on which a receiver of a collector accepts OTLP. */
export interface Listener {
  readonly receiver: string;
  readonly protocol: 'grpc' | 'http';
  /** Address that it binds, as written: `0.0.0.0`, `localhost`, `${env:MY_POD_IP}`. */
  readonly host: string;
  readonly port: number;
}

const standardPort = { grpc: 4317, http: 4318 } as const;

/**
 * Where the OTLP receivers listen that a pipeline uses: the others are not started. Without an endpoint they bind
 * localhost, which no other pod reaches.
 */
export function listenersOf({ all, config }: Pipelines): Listener[] {
  const used = new Set(all.flatMap(({ receivers }) => receivers));
  return Object.entries(mappingAt(config, 'receivers'))
    .filter(([id]) => componentType(id) === 'otlp' && used.has(id))
    .flatMap(([receiver, settings]) =>
      (['grpc', 'http'] as const)
        .filter((protocol) => protocolIsOn(settings, protocol))
        .map((protocol) => {
          const written = textAt(settings, 'protocols', protocol, 'endpoint') ?? `localhost:${standardPort[protocol]}`;
          const [, host = written, port] = /^(.*):(\d+)$/.exec(written) ?? [];
          return { receiver, protocol, host, port: port === undefined ? standardPort[protocol] : Number(port) };
        }),
    );
}

/** On the node's own network a process takes the ports that it binds, named or not. */
export const withListeners = (
  ports: readonly number[],
  hostNetwork: boolean,
  listeners: readonly Listener[],
): number[] => [...new Set([...ports, ...(hostNetwork ? listeners.map(({ port }) => port) : [])])];

const protocolIsOn = (settings: unknown, protocol: string): boolean =>
  isMapping(settings) && Object.hasOwn(mappingAt(settings, 'protocols'), protocol);
