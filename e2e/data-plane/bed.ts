import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { z } from 'zod';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { createKubectl, type Kubectl, succeed } from '../cluster/kubectl.ts';
import { ensureParts } from '../parts/ensure.ts';
import { type Sink, startSink } from '../sink/sink.ts';
import { endWithParent } from '../support/end-with-parent.ts';
import { exampleSystem } from '../support/example-system.ts';
import { ensurePython } from '../support/python.ts';
import { type CollectorProcess, prepareCollector, type StartCollector } from './collector-process.ts';
import { kubeletEnvironment } from './kubelet-environment.ts';
import { startInPod } from './pod-process.ts';
import { type Pod, runningPods } from './pods.ts';
import {
  type Adaption,
  frequentSpanMetrics,
  kubeconfigForToken,
  withoutNodeMetrics,
} from './runnable-configuration.ts';
import { type ServiceProcess, startService, type TelemetryModule, wayToCollector } from './service-process.ts';

const adminKubeconfig = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority': z.string() }) })]),
});

/** What the agent's configuration cannot do here. */
export const agentAdaptions = [withoutNodeMetrics, kubeconfigForToken, frequentSpanMetrics];

/** The processes of one test file around the cluster that all files share. */
export class Bed {
  readonly kubectl: Kubectl;
  readonly sink: Sink;
  readonly dist: string;
  private readonly python: string;
  private readonly otelcol: string;
  private readonly folder: string;
  private readonly kubeconfig: string;
  private folders = 0;
  private readonly running: { stop(): Promise<unknown> }[] = [];

  private constructor(
    kubectl: Kubectl,
    sink: Sink,
    paths: Record<'dist' | 'python' | 'otelcol' | 'folder' | 'kubeconfig', string>,
  ) {
    this.kubectl = kubectl;
    this.sink = sink;
    this.dist = paths.dist;
    this.python = paths.python;
    this.otelcol = paths.otelcol;
    this.folder = paths.folder;
    this.kubeconfig = paths.kubeconfig;
  }

  static async start(): Promise<Bed> {
    const { kubeconfig, folder: shared, sinkPort, dist } = inject('sharedCluster');
    endWithParent();
    const parts = await ensureParts(['kubectl', 'otelcol']);
    const python = await ensurePython();
    const folder = mkdtempSync(join(shared, 'bed-'));
    const kubectl = createKubectl(parts.kubectl, kubeconfig, join(shared, 'kubectl-cache'));
    const sink = await startSink({ python, port: sinkPort, key: exampleSystem.privateKey, folder });
    return new Bed(kubectl, sink, { dist, python, otelcol: parts.otelcol, folder, kubeconfig });
  }

  /** Pods of the instrumented services. */
  async servicePods(selector = 'app.kubernetes.io/component=service'): Promise<Pod[]> {
    return runningPods(this.kubectl, exampleSystem.namespace, selector);
  }

  collectorPods(name = 'coralogix-opentelemetry-agent'): Promise<Pod[]> {
    return runningPods(this.kubectl, exampleSystem.collectorNamespace, `app.kubernetes.io/name=${name}`);
  }

  /** Starts the collector of each node, as that node's pod of the DaemonSet. */
  async startAgents(adaptions: readonly Adaption[] = agentAdaptions): Promise<CollectorProcess[]> {
    return Promise.all((await this.collectorPods()).map((pod) => this.startCollector(pod, adaptions)));
  }

  async startCollector(pod: Pod, adaptions: readonly Adaption[]): Promise<CollectorProcess> {
    return (await this.prepareCollector(pod, adaptions))();
  }

  /** Has everything ready for a start that nothing slows down. */
  async prepareCollector(pod: Pod, adaptions: readonly Adaption[]): Promise<StartCollector> {
    const start = await prepareCollector(pod, {
      kubectl: this.kubectl,
      otelcol: this.otelcol,
      kubeconfig: await this.kubeconfigOf(pod),
      folder: this.newFolder(),
      adaptions,
    });
    return async () => {
      const collector = await start();
      this.running.push(collector.process);
      return collector;
    };
  }

  async startService(pod: Pod, module: TelemetryModule = 'shared_telemetry'): Promise<ServiceProcess> {
    const { kubectl, python } = this;
    const service = await startService(pod, { kubectl, python, module, folder: this.newFolder() });
    this.running.push(service.process);
    return service;
  }

  /** Runs a command as the container of a pod to its end, with the environment that the pod spec gives. */
  async runInPod(
    pod: Pod,
    command: readonly string[],
    change: (env: ReadonlyMap<string, string>) => ReadonlyMap<string, string> = (env) => env,
  ): Promise<void> {
    const env = change(await kubeletEnvironment(this.kubectl, pod));
    const { hosts } = await wayToCollector(this.kubectl, pod, env);
    const running = startInPod(pod, hosts, { command, env, folder: this.newFolder() });
    this.running.push(running);
    const { code } = await running.exited;
    if (code !== 0) throw new Error(`${command[0]} ended with ${code}:\n${readFileSync(running.log, 'utf8')}`);
  }

  startServices(pods: readonly Pod[]): Promise<ServiceProcess[]> {
    return Promise.all(pods.map((pod) => this.startService(pod)));
  }

  /** Ends all collectors and services; the sink stays. */
  async stopProcesses(): Promise<void> {
    await Promise.all(this.running.splice(0).map((process) => process.stop()));
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    await this.sink.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private newFolder(): string {
    this.folders += 1;
    const folder = join(this.folder, String(this.folders));
    mkdirSync(folder);
    return folder;
  }

  /** With the token that a pod of this ServiceAccount would find mounted. */
  private async kubeconfigOf({ metadata: { namespace }, spec }: Pod): Promise<string> {
    const { clusters } = adminKubeconfig.parse(JSON.parse(readFileSync(this.kubeconfig, 'utf8')));
    const { server, 'certificate-authority': certificateAuthority } = clusters[0].cluster;
    const create = ['create', 'token', spec.serviceAccountName, '--namespace', namespace];
    const token = (await succeed(this.kubectl.kubectl, create)).trim();
    const path = join(this.folder, `${spec.serviceAccountName}.kubeconfig`);
    return writeKubeconfig(path, { server, certificateAuthority, token });
  }
}
