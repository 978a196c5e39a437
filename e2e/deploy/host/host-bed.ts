import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSystem } from '../../../lib/config/load-system.ts';
import { composeStep } from '../../../lib/deploy/steps/compose/step.ts';
import { imagesStep } from '../../../lib/deploy/steps/images/step.ts';
import { k3sStep } from '../../../lib/deploy/steps/k3s/step.ts';
import { prepareConnection } from '../../../lib/provision/ssh.ts';
import { SecretMask } from '../../../lib/run/command/secret-mask.ts';
import { SpawnedCommands } from '../../../lib/run/command/spawned-commands.ts';
import type { DeployContext } from '../../../lib/run/context.ts';
import { createContext } from '../../../lib/run/context.ts';
import type { Outcome } from '../../../lib/run/outcome.ts';
import { PlainReporter } from '../../../lib/run/reporter.ts';
import { runSteps } from '../../../lib/run/runner.ts';
import { type SshServer, startSshServer } from './ssh-server.ts';
import { StandIns } from './stand-ins.ts';

/** Steps of the host. */
export const hostSteps = [k3sStep, composeStep, imagesStep];

const alias = 'podhost-vm';
const version = 'v1.34.4+k3s1';

/** How one run of the steps of the host went. */
export interface HostRun {
  readonly outcome: Outcome;
  /** What the progress said. */
  readonly lines: readonly string[];
  /** Questions that were asked. */
  readonly questions: readonly string[];
}

export interface HostRunOptions {
  /** Below `deploy` in the configuration, in place of what is there. */
  readonly deploy?: Readonly<Record<string, unknown>>;
  /** At the top of the configuration, in place of what is there. */
  readonly system?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  readonly answer?: boolean;
  /** Whether the host is this machine, without ssh. */
  readonly here?: boolean;
}

/** A host behind ssh, and the deployment at work on it. */
export interface HostBed {
  readonly server: SshServer;
  readonly standIns: StandIns;
  /** Folder of the application on the host. */
  readonly application: string;
  readonly kubeconfig: string;
  run(options?: HostRunOptions): Promise<HostRun>;
  /** Runs something with the connection of a run, and closes it. */
  within<T>(options: HostRunOptions, work: (context: DeployContext) => Promise<T>): Promise<T>;
  /** A bare machine again, and nothing known of it. */
  reset(): void;
  stop(): Promise<void>;
}

export async function startHostBed(folder: string): Promise<HostBed> {
  const standIns = new StandIns(folder);
  const sshFolder = join(folder, 'ssh');
  mkdirSync(sshFolder);
  const server = await startSshServer({ folder: sshFolder, alias, environment: standIns.environment });
  const application = join(folder, 'application');
  for (const name of ['shared', 'frontend']) {
    mkdirSync(join(application, 'services', name), { recursive: true });
    writeFileSync(join(application, 'services', name, 'Dockerfile'), `FROM scratch\nLABEL name=${name}\n`);
  }
  const stateFolder = join(folder, 'podhost-state');
  const configFile = join(folder, 'system.yaml');
  const deploy = {
    host: alias,
    k3s: { version, installer: standIns.installer },
    compose: { project: 'old' },
    images: {
      folder: application,
      parallel: 1,
      dockerfiles: { 'query-service': 'services/shared/Dockerfile', 'queue-service': 'services/shared/Dockerfile' },
    },
  };
  const bed: HostBed = {
    server,
    standIns,
    application,
    kubeconfig: join(stateFolder, 'kubeconfig'),
    async run(options = {}) {
      const lines: string[] = [];
      const questions: string[] = [];
      const reporter = new PlainReporter((line) => lines.push(line));
      const outcome = await bed.within(options, (context) => {
        const confirm = async (question: string) => questions.push(question) > 0 && (options.answer ?? true);
        return runSteps(hostSteps, { context: { ...context, confirm }, reporter });
      });
      return { outcome, lines, questions };
    },
    async within(
      { deploy: changed = {}, system: others = {}, signal = new AbortController().signal, here = false },
      work,
    ) {
      const { host, ...local } = { ...deploy, ...changed };
      const section = here ? local : { host, ...local };
      writeFileSync(configFile, JSON.stringify({ ...system, ...others, deploy: section }));
      const environment = here
        ? { ...process.env, ...standIns.environment }
        : { ...process.env, PATH: `${server.clientFolder}:${process.env['PATH']}` };
      const connection = prepareConnection(alias);
      const runner = new SpawnedCommands({
        signal,
        environment,
        mask: new SecretMask({ names: [], environment }),
        log: { write: () => {} },
        ...(here ? {} : { wrapForHost: connection.wrap }),
        graceMilliseconds: 2_000,
      });
      const context = createContext({
        ...loadSystem(configFile),
        ...{ configFile, dist: 'dist', runner, environment, signal, stateFolder },
        ...{ migrate: false, pruneVolumes: false, steps: [], report: () => {}, confirm: async () => false },
      });
      try {
        return await work(context);
      } finally {
        await runner.run(connection.close, { always: true });
        connection.remove();
      }
    },
    reset() {
      standIns.reset();
      rmSync(stateFolder, { recursive: true, force: true });
    },
    async stop() {
      await server.process.stop();
    },
  };
  return bed;
}

const service = (name: string, port: number) => ({ name, image: `dataprime-${name}:latest`, port });

const system = {
  name: 'dataprime-demo',
  namespace: 'dataprime-demo',
  environment: 'production',
  clusterName: 'dataprime-demo',
  coralogix: { domain: 'eu2.coralogix.com', applicationName: 'dataprime-demo' },
  configMap: { name: 'dataprime-config' },
  services: [service('query-service', 8011), service('queue-service', 8013), service('frontend', 8020)],
};
