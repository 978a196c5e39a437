import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ConfigFiles, configFiles } from '../config/config-files.ts';
import { loadSystem } from '../config/load-system.ts';
import { readSources } from '../model/source/read-sources.ts';
import { checkedHost, prepareConnection } from '../provision/ssh.ts';
import { CommandLogFile } from '../run/command/command-log.ts';
import { SecretMask } from '../run/command/secret-mask.ts';
import { SpawnedCommands } from '../run/command/spawned-commands.ts';
import type { DeployContext, StepName } from '../run/context.ts';
import { createContext } from '../run/context.ts';
import { type Interrupts, listenForInterrupts } from '../run/interrupts.ts';
import { askYesOrNo, isInteractive, type Terminal } from '../run/terminal.ts';
import { operand } from '../text/shell.ts';
import { assertFreshDist } from './fresh-dist.ts';
import { secretNames } from './steps/secrets/secret.ts';

export interface SessionProps {
  /** Files of the configuration. */
  readonly config: ConfigFiles;
  /**
   * Folder with the manifests, which must be up to date with the configuration.
   *
   * @default - manifests are not needed
   */
  readonly dist?: string;
  /** Title of the run in the log. */
  readonly title: string;
  readonly host?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly migrate?: boolean | undefined;
  readonly pruneVolumes?: boolean | undefined;
  /**
   * The steps that run.
   *
   * @default - none
   */
  readonly steps?: readonly StepName[];
  /** Prints a message for the user. */
  readonly report: (text: string) => void;
  /** Terminal for questions. */
  readonly terminal: Terminal;
}

/** Everything that one run against a cluster needs. */
export interface Session {
  readonly context: DeployContext;
  readonly interrupts: Interrupts;
  /** Path of the log file with every command. */
  readonly log: string;
  /** Masks the values of the secrets of the configuration. */
  hide(text: string): string;
  /** Closes everything that the run has opened. */
  close(): Promise<void>;
}

/**
 * Prepares a run: loads the configuration and compares the manifests with it. No command is run.
 *
 * @throws PodhostError when the configuration or the manifests are wrong
 */
export function openSession({
  config: configFile,
  dist,
  title,
  report,
  terminal,
  yes,
  steps = [],
  ...options
}: SessionProps): Session {
  const written = options.host === undefined ? undefined : checkedHost(options.host);
  const loaded = loadSystem(configFile);
  const manifests = dist === undefined ? [] : assertFreshDist(loaded, dist, configFile);
  const { name } = loaded.config;
  const environment = { ...process.env };
  const folder = stateFolder(name, environment);
  const interrupts = listenForInterrupts(report);
  const { signal } = interrupts;
  const published = [
    ...readSources(configFiles(configFile)).map(({ text }) => text),
    ...manifests.map(({ content }) => content),
  ].join('\n');
  const mask = new SecretMask({
    names: secretNames(loaded.config),
    environment,
    isPublic: (value) => published.includes(value),
  });
  const log = new CommandLogFile(join(folder, 'deploy.log'), `${title} ${name}`, {
    hide: (text) => mask.hide(text),
    report,
  });
  const host = written ?? loaded.config.deploy.host;
  const connection = host === undefined ? undefined : prepareConnection(host);
  const runner = new SpawnedCommands({
    ...{ signal, environment, mask, log },
    ...(connection && { wrapForHost: connection.wrap }),
  });
  const context = createContext({
    ...loaded,
    configFile,
    dist: operand(dist ?? 'dist'),
    runner,
    environment,
    signal,
    stateFolder: folder,
    steps,
    report,
    migrate: options.migrate ?? false,
    pruneVolumes: options.pruneVolumes ?? false,
    canAsk: isInteractive(terminal),
    confirm: async (question) => yes === true || (await askYesOrNo(question, terminal, signal)),
    ...(host === undefined ? {} : { host }),
  });
  return {
    context,
    interrupts,
    log: log.path,
    hide: (text) => mask.hide(text),
    async close() {
      interrupts.release();
      if (connection !== undefined) {
        await runner.run(connection.close, { always: true });
        connection.remove();
      }
    },
  };
}

/**
 * Folder for the state of a system between runs.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateFolder(name: string, environment: NodeJS.ProcessEnv): string {
  const home = environment['XDG_STATE_HOME'];
  return join(home?.startsWith('/') ? home : join(homedir(), '.local', 'state'), 'podhost', name);
}
