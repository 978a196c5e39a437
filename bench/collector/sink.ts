import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningProcess } from '../../e2e/parts/process.ts';
import { startCollector } from './collector-process.ts';
import { checkAttribute } from './load/load.ts';

export interface SinkOptions {
  readonly command: string;
  readonly directory: string;
  readonly host: string;
  /** Names of those who send to it. */
  readonly senders: readonly string[];
}

export interface Sink {
  readonly process: RunningProcess;
  /** Host and port for one sender. */
  endpoint(sender: string): string;
  /** What a sender's marked spans, or its metrics, were when they came: OTLP JSON, one request a line. */
  received(sender: string, what: 'spans' | 'metrics'): unknown[];
}

/** A back end for all sides: another collector, which keeps the marked spans and the metrics and drops the rest. */
export async function startSink({ command, directory, host, senders }: SinkOptions): Promise<Sink> {
  const endpoint = (sender: string) => `${host}:${5_000 + senders.indexOf(sender)}`;
  const file = (sender: string, what: string) => join(directory, `received-${what}-${sender}.jsonl`);
  const each = <T>(of: (sender: string) => [string, T][]) => Object.fromEntries(senders.flatMap(of));
  const health = `${host}:13133`;
  const settings = {
    receivers: each((name) => [[`otlp/${name}`, { protocols: { grpc: { endpoint: endpoint(name) } } }]]),
    processors: {
      'filter/marked': { traces: { span: [`span.attributes["${checkAttribute}"] == nil`] } },
    },
    connectors: {},
    exporters: each((name) => [
      [`file/spans-${name}`, { path: file(name, 'spans') }],
      [`file/metrics-${name}`, { path: file(name, 'metrics') }],
    ]),
    extensions: { health_check: { endpoint: health } },
    service: {
      extensions: ['health_check'],
      pipelines: each((name) => [
        [
          `traces/${name}`,
          { receivers: [`otlp/${name}`], processors: ['filter/marked'], exporters: [`file/spans-${name}`] },
        ],
        [`metrics/${name}`, { receivers: [`otlp/${name}`], processors: [], exporters: [`file/metrics-${name}`] }],
      ]),
      telemetry: { metrics: { level: 'none' } },
    },
  };
  return {
    process: await startCollector({ command, name: 'sink', settings, directory, env: {}, health }),
    endpoint,
    received: (sender, what) =>
      readFileSync(file(sender, what), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line)),
  };
}
