import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Kubectl } from '../cluster/kubectl.ts';
import type { RunningProcess } from '../parts/process.ts';
import { nothing } from '../sink/shapes.ts';
import { withLogOf } from '../support/connection.ts';
import { listenForLines } from '../support/line-channel.ts';
import { kubeletEnvironment } from './kubelet-environment.ts';
import { startInPod } from './pod-process.ts';
import type { Pod } from './pods.ts';
import { type Resolution, resolve } from './service-resolution.ts';
import type { SpanPlan } from './span-plan.ts';

const script = fileURLToPath(new URL('service.py', import.meta.url));
const endpointVariable = 'OTEL_EXPORTER_OTLP_ENDPOINT';

/** The project's own module, or the plan's code. */
export type TelemetryModule = 'shared_telemetry' | 'plan_telemetry';

export interface ServiceProcessOptions {
  readonly kubectl: Kubectl;
  readonly python: string;
  readonly module: TelemetryModule;
  /** For the process's own files; its path must be short, for a socket is in it. */
  readonly folder: string;
}

export interface Burst {
  readonly requests: number;
  /** In each request. */
  readonly spans: number;
  readonly bytes_each: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The process of a pod's container: what its pod spec gives, and what it sends. */
export interface ServiceProcess {
  readonly pod: Pod;
  readonly env: ReadonlyMap<string, string>;
  /** Where the endpoint's host name leads. */
  readonly resolution: Resolution;
  readonly process: RunningProcess;
  /** Makes spans and returns how many. */
  send(spans: readonly SpanPlan[]): Promise<number>;
  /** Makes spans that say nothing of the pod. */
  sendUntold(spans: readonly SpanPlan[]): Promise<void>;
  /** Makes spans of one kind until `end`, which returns how many. */
  begin(span: Omit<SpanPlan, 'count'>, rate: number): Promise<void>;
  end(): Promise<number>;
  /** Sends that many requests at once, past the SDK, and returns how many spans were accepted, or why not. */
  burst(burst: Burst): Promise<Record<string, number>>;
  /** Whether all that was made was sent within that time. */
  flush(seconds?: number): Promise<boolean>;
  /** Ends as the kubelet ends it, and returns how many spans it had made since `begin`. */
  terminate(): Promise<number>;
}

/** Where the endpoint of a container leads, and the hosts file that has it lead there. */
export async function wayToCollector(
  kubectl: Kubectl,
  pod: Pod,
  env: ReadonlyMap<string, string>,
): Promise<{ resolution: Resolution; hosts: Readonly<Record<string, string>> }> {
  const { hostname, port } = new URL(env.get(endpointVariable) ?? '');
  const client = { namespace: pod.metadata.namespace, nodeName: pod.spec.nodeName };
  const resolution = await resolve(kubectl, client, hostname, Number(port));
  if ('port' in resolution && resolution.port !== Number(port)) {
    throw new Error(`${hostname}:${port} leads to port ${resolution.port}, which a hosts file cannot say`);
  }
  return { resolution, hosts: 'lost' in resolution ? {} : { [hostname]: resolution.address } };
}

export async function startService(pod: Pod, options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { kubectl, python, module, folder } = options;
  const env = await kubeletEnvironment(kubectl, pod);
  const { resolution, hosts } = await wayToCollector(kubectl, pod, env);
  const socket = join(folder, 's');
  const process = startInPod(pod, hosts, { command: [python, script, socket, module], env, folder });
  const { connected } = await listenForLines(socket);
  const channel = await withLogOf(process, connected);
  return {
    pod,
    env,
    resolution,
    process,
    send: (spans) => channel.ask({ do: 'send', spans }, z.number()),
    sendUntold: async (spans) => {
      await channel.ask({ do: 'sendUntold', spans }, nothing);
    },
    begin: async (span, rate) => {
      await channel.ask({ do: 'begin', one: span, rate }, nothing);
    },
    end: () => channel.ask({ do: 'end' }, z.number()),
    burst: (burst) => channel.ask({ do: 'burst', ...burst }, z.record(z.string(), z.number())),
    flush: (seconds = 30) => channel.ask({ do: 'flush', timeout_seconds: seconds }, z.boolean()),
    async terminate() {
      const sent = channel.lastWords(z.number());
      await process.stop(30_000);
      return sent;
    },
  };
}
