import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../cluster/ports.ts';
import { type RunningProcess, start } from '../parts/process.ts';
import { withLogOf } from '../support/connection.ts';
import { listenForLines } from '../support/line-channel.ts';
import {
  nothing,
  type ReceivedResource,
  receivedResources,
  type Series,
  type SpanCount,
  seriesList,
  spanCount,
  type Visits,
  visits,
} from './shapes.ts';
import { openWireTap } from './wire-tap.ts';

const script = fileURLToPath(new URL('sink.py', import.meta.url));

export interface SinkOptions {
  readonly python: string;
  /** Where the collectors' configuration says that the back end is. */
  readonly port: number;
  readonly key: string;
  readonly folder: string;
}

/** A stand-in for Coralogix: speaks OTLP gRPC, wants the key, and can be slow or away. */
export interface Sink {
  readonly process: RunningProcess;
  /** Messages that came compressed, and those that did not. */
  readonly seen: { readonly compressed: number; readonly plain: number };
  spans(run: string): Promise<ReceivedResource[]>;
  count(run: string): Promise<SpanCount>;
  series(...names: string[]): Promise<Series[]>;
  visits(): Promise<Visits>;
  behave(change: { readonly key?: string; readonly delay?: number }): Promise<void>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSink({ python, port, key, folder }: SinkOptions): Promise<Sink> {
  const [behind = 0] = await freePorts(1);
  const socket = join(folder, 'sink.sock');
  const { connected } = await listenForLines(socket);
  const process = start(python, [script, socket, String(behind), key], { log: join(folder, 'sink.log') });
  const channel = await withLogOf(process, connected);
  const tap = await openWireTap(port, behind);
  return {
    process,
    seen: tap.seen,
    spans: (run) => channel.ask({ do: 'spans', run }, receivedResources),
    count: (run) => channel.ask({ do: 'count', run }, spanCount),
    series: (...names) => channel.ask({ do: 'series', names }, seriesList),
    visits: () => channel.ask({ do: 'visits' }, visits),
    behave: async (change) => {
      await channel.ask({ do: 'behave', ...change }, nothing);
    },
    goAway: tap.shut,
    comeBack: tap.open,
    async stop() {
      await tap.shut().catch(() => {});
      await process.stop();
    },
  };
}
