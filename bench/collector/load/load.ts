import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from '../pods.ts';
import { type GrpcClient, grpcClient } from './grpc-client.ts';
import { type Attributes, type RequestTemplate, requestTemplate } from './otlp-request.ts';
import { exampleTrace } from './spans.ts';

/** An SDK sends what gathered in five seconds, 512 spans at most; here 20 traces of five spans. */
const tracesPerRequest = 20;

/** Marks the spans whose way out is looked at. */
export const checkAttribute = 'bench.check';

/** The applications of the pods of one node. */
export interface Load {
  /** Sends that many spans a second, from all pods in turn; returns how many it sent when all are taken. */
  send(spansPerSecond: number, seconds: number): Promise<number>;
  /** Sends one request for each pod, marked. */
  sendMarked(): Promise<number>;
  close(): void;
}

/** Connects the applications to the agent at an address. */
export function createLoad(authority: string, pods: readonly Pod[]): Load {
  const applications = pods.map((pod, index) => application(authority, pod, index));
  const next = roundRobin(applications);
  return {
    async send(spansPerSecond, seconds) {
      const started = performance.now();
      const underWay: Promise<void>[] = [];
      let sent = 0;
      while (sent < spansPerSecond * seconds) {
        await sleep(Math.max(0, started + (sent / spansPerSecond) * 1_000 - performance.now()));
        const { client, usual } = next();
        underWay.push(client.send(usual.render()));
        sent += usual.spans;
      }
      await Promise.all(underWay);
      return sent;
    },
    async sendMarked() {
      await Promise.all(applications.map(({ client, marked }) => client.send(marked.render())));
      return applications.reduce((sum, { marked }) => sum + marked.spans, 0);
    },
    close() {
      for (const { client } of applications) client.close();
    },
  };
}

interface Application {
  readonly client: GrpcClient;
  readonly usual: RequestTemplate;
  readonly marked: RequestTemplate;
}

function application(authority: string, pod: Pod, index: number): Application {
  const traces = Array.from({ length: tracesPerRequest }, (_, trace) => exampleTrace(index, index * 7 + trace));
  const marked = traces.map((trace) =>
    trace.map((span) => ({ ...span, attributes: { ...span.attributes, [checkAttribute]: true } })),
  );
  const resource = resourceOf(pod);
  return {
    client: grpcClient(authority),
    usual: requestTemplate(resource, traces),
    marked: requestTemplate(resource, marked),
  };
}

/** What an SDK says of itself, and the addresses by which its pod is found; the names are for the agent to add. */
const resourceOf = (pod: Pod): Attributes => ({
  'telemetry.sdk.language': 'python',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '1.45.0',
  'service.name': pod.service,
  'service.version': '1.0.0',
  'service.instance.id': pod.uid,
  'deployment.environment': 'production',
  'deployment.environment.name': 'production',
  'k8s.pod.ip': pod.address,
  'k8s.pod.uid': pod.uid,
});

function roundRobin<T>(list: readonly T[]): () => T {
  let position = 0;
  return () => {
    const value = list[position++ % list.length];
    if (value === undefined) throw new Error('nobody sends');
    return value;
  };
}
