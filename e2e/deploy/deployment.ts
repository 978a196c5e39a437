import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cluster, type ClusterOptions, clusterParts, startCluster } from '../cluster/cluster.ts';
import { ensureParts } from '../parts/ensure.ts';
import { type RunningProcess, start } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { installExampleCrds } from '../support/example-system.ts';
import { type ConfigChange, synthesize } from '../support/system-config.ts';
import { type ChartRepository, startChartRepository } from './chart-repository.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Values that must be seen nowhere but in the cluster. */
export const secrets = {
  OPENAI_API_KEY: 'sk-e2e-0a1b2c3d4e5f6g7h',
  CX_RUM_API_KEY: 'rum "e2e" $(HOME) value',
  DB_PASSWORD: "pa$$'word-e2e-9z8y",
  PRIVATE_KEY: 'cxtp_E2eE2eE2eE2eE2eE2e00',
} as const;

/** A collector's key to change to. */
export const otherKey = 'cxtp_N3wN3wN3wN3wN3wN3w11';

/** A run of podhost that has ended. */
export interface Ended {
  readonly status: number | null;
  /** Both streams. */
  readonly output: string;
}

export interface Running {
  readonly process: RunningProcess;
  readonly ended: Promise<Ended>;
}

/** A cluster, a chart repository, and the command at work on them. */
export interface DeployBed {
  readonly cluster: Cluster;
  readonly charts: Pick<ChartRepository, 'url'>;
  readonly stateFolder: string;
  /** All that podhost has printed. */
  readonly printed: () => string;
  /** Writes configuration and manifests. */
  synth(change?: ConfigChange): Promise<void>;
  start(args: readonly string[], environment?: Readonly<Record<string, string>>, through?: readonly string[]): Running;
  run(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Ended>;
  stop(): Promise<void>;
}

export async function startDeployBed(
  folder: string,
  { logsOf = [] }: Pick<ClusterOptions, 'logsOf'> = {},
): Promise<DeployBed> {
  const parts = await ensureParts([...clusterParts, 'helm']);
  const cluster = await startCluster({ parts, nodes: ['node-a', 'node-b'], directory: folder, logsOf });
  await installExampleCrds(cluster);
  const charts: ChartRepository = await startChartRepository(parts.helm, makeFolder(folder, 'charts'));
  const stateFolder = makeFolder(folder, 'state');
  const system = [...['--config', join(folder, 'system.yaml')]];
  const env = {
    PATH: [dirname(parts.kubectl), dirname(parts.helm), process.env['PATH']].join(':'),
    KUBECONFIG: cluster.kubeconfig,
    XDG_STATE_HOME: stateFolder,
    HELM_CACHE_HOME: join(folder, 'helm-cache'),
    HELM_CONFIG_HOME: join(folder, 'helm-config'),
    HELM_DATA_HOME: join(folder, 'helm-data'),
    ...secrets,
  };
  const logs: string[] = [];
  const startPodhost: DeployBed['start'] = ([command = '', ...args], environment = {}, through = []) => {
    const log = join(folder, `podhost-${logs.length}.log`);
    logs.push(log);
    const output = command === 'deploy' ? ['--output', join(folder, 'system')] : [];
    const podhost = [process.execPath, builtPodhost];
    const [program = '', ...argv] = [...through, ...podhost, command, ...system, ...output, ...args];
    const process_ = start(program, argv, { cwd: repository, log, env: { ...env, ...environment } });
    const ended = process_.exited.then(({ code }) => ({ status: code, output: readFileSync(log, 'utf8') }));
    return { process: process_, ended };
  };
  return {
    cluster,
    charts,
    stateFolder,
    printed: () => logs.map((log) => readFileSync(log, 'utf8')).join('\n'),
    async synth(change = []) {
      const deploy = { chartRepository: charts.url, rolloutSeconds: 10 };
      await synthesize(folder, 'system', [[['deploy'], deploy], ...change]);
    },
    start: startPodhost,
    run: (args, environment) => startPodhost(args, environment).ended,
    async stop() {
      await charts.close();
      await cluster.stop();
    },
  };
}

function makeFolder(folder: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}
