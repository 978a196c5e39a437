import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterParts, startCluster } from '../../e2e/cluster/cluster.ts';
import { ensureParts } from '../../e2e/parts/ensure.ts';
import type { RunningProcess } from '../../e2e/parts/process.ts';
import type { Settings } from '../../lib/pipeline/component.ts';
import { startCollector } from './collector-process.ts';
import { forTestBed } from './collector-settings.ts';
import { createLoad, type Load } from './load/load.ts';
import { createPods, type Pod } from './pods.ts';
import { type Sink, startSink } from './sink.ts';

/** One of the pipelines that are compared. */
export interface Contender {
  readonly name: string;
  /** What its container is given beside what both deliveries give. */
  readonly env: Readonly<Record<string, string>>;
  /** @param endpoint host and port of the back end, without TLS */
  configuration(endpoint: string): Settings;
}

/** A contender that runs, on an address of its own. */
export interface Side {
  readonly name: string;
  readonly host: string;
  readonly process: RunningProcess;
  readonly load: Load;
}

export interface Bed {
  readonly pods: readonly Pod[];
  readonly sides: readonly Side[];
  readonly sink: Sink;
}

const node = 'node-a';

/** Starts a cluster with pods, a back end and all contenders, does the work, and stops everything. */
export async function withBed(contenders: readonly Contender[], work: (bed: Bed) => Promise<void>): Promise<void> {
  const parts = await ensureParts([...clusterParts, 'otelcol']);
  const directory = mkdtempSync(join(tmpdir(), 'podhost-bench-collector-'));
  const processes: RunningProcess[] = [];
  const loads: Load[] = [];
  // A loopback network of this run's own, for whoever else runs collectors on this machine.
  const network = `127.93.${process.pid % 256}`;
  const cluster = await startCluster({ parts, nodes: [node], directory });
  try {
    const pods = await createPods(cluster);
    const command = parts.otelcol;
    const senders = contenders.map(({ name }) => name);
    const sink = await startSink({ command, directory, host: `${network}.1`, senders });
    processes.push(sink.process);
    const sides: Side[] = [];
    for (const [index, { name, env, configuration }] of contenders.entries()) {
      const host = `${network}.${index + 2}`;
      const collector = await startCollector({
        command,
        name,
        settings: forTestBed(configuration(sink.endpoint(name))),
        directory,
        health: `${host}:13133`,
        env: {
          MY_POD_IP: host,
          K8S_NODE_NAME: node,
          K8S_NODE_IP: host,
          KUBECONFIG: cluster.kubeconfig,
          OTEL_RESOURCE_ATTRIBUTES: `k8s.node.name=${node},deployment.environment.name=production`,
          CORALOGIX_PRIVATE_KEY: 'bench',
          ...env,
        },
      });
      processes.push(collector);
      const load = createLoad(`${host}:4317`, pods);
      loads.push(load);
      sides.push({ name, host, process: collector, load });
    }
    await work({ pods, sides, sink });
  } finally {
    for (const load of loads) load.close();
    await Promise.all(processes.map((it) => it.stop()));
    await cluster.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
