import { join } from 'node:path';
import { loadSystem } from '../../config/load-system.ts';
import { listFiles } from '../../files/list-files.ts';
import { readSources, sourceLimits } from '../../model/source/read-sources.ts';
import { CommandLogFile } from '../command/command-log.ts';
import { SpawnedCommands } from '../command/spawned-commands.ts';
import { createContext } from '../create-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import { assertFreshDist } from '../fresh-dist.ts';
import { prepareConnection } from '../host/connection.ts';
import { SecretMask } from '../secrets/secret-mask.ts';
import { secretNames } from '../secrets/wanted-secrets.ts';
import { stateFolder } from '../state-folder.ts';
import type { StepName } from '../step.ts';
import { type Interrupts, listenForInterrupts } from './interrupts.ts';
import { askYesOrNo } from './terminal.ts';

export interface SessionProps {
  /** Configuration file. */
  readonly config: string;
  /**
   * Folder with the manifests, which must be those of the configuration.
   *
   * @default - none is needed
   */
  readonly dist?: string;
  /** What is done, for the log. */
  readonly title: string;
  readonly host?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly migrate?: boolean | undefined;
  readonly pruneVolumes?: boolean | undefined;
  /**
   * The steps that run.
   *
   * @default - none of those that deploy
   */
  readonly steps?: readonly StepName[];
  /** Is told what happens to the run. */
  readonly tell: (text: string) => void;
}

/** A run of podhost against a cluster. */
export interface Session {
  readonly context: DeployContext;
  readonly interrupts: Interrupts;
  /** File with every command. */
  readonly log: string;
  /** Ends what the run has opened. */
  close(): Promise<void>;
}

/**
 * Prepares a run: the configuration is good, the manifests are those that it synthesizes, and nothing was run yet.
 *
 * @throws PodhostError with what is wrong
 */
export function openSession({
  config: configFile,
  dist,
  title,
  tell,
  yes,
  steps = [],
  ...options
}: SessionProps): Session {
  const loaded = loadSystem(configFile);
  if (dist !== undefined) {
    assertFreshDist(loaded, dist, configFile);
  }
  const { name } = loaded.config;
  const environment = { ...process.env };
  const folder = stateFolder(name, environment);
  const interrupts = listenForInterrupts(tell);
  const { signal } = interrupts;
  const published = textOf([configFile, ...(dist === undefined ? [] : manifests(dist))]);
  const mask = new SecretMask({
    names: secretNames(loaded.config),
    environment,
    isPublic: (value) => published.includes(value),
  });
  const log = new CommandLogFile(join(folder, 'deploy.log'), `${title} ${name}`, {
    hide: (text) => mask.hide(text),
    tell,
  });
  const host = options.host ?? loaded.config.deploy.host;
  const connection = host === undefined ? undefined : prepareConnection(host);
  const runner = new SpawnedCommands({
    ...{ signal, environment, mask, log },
    ...(connection && { wrapForHost: connection.wrap }),
  });
  const context = createContext({
    ...loaded,
    configFile,
    dist: dist ?? 'dist',
    runner,
    environment,
    signal,
    stateFolder: folder,
    steps,
    tell,
    migrate: options.migrate ?? false,
    pruneVolumes: options.pruneVolumes ?? false,
    confirm: async (question) => yes === true || (await askYesOrNo(question, signal)),
    ...(host === undefined ? {} : { host }),
  });
  return {
    context,
    interrupts,
    log: log.path,
    async close() {
      interrupts.release();
      if (connection !== undefined) {
        await runner.run(connection.close, { always: true });
        connection.remove();
      }
    },
  };
}

const manifests = (dist: string): string[] =>
  listFiles(dist, { ...sourceLimits, ignored: [], isWanted: (file) => file.endsWith('.yaml') }).files.map((file) =>
    join(dist, file),
  );

/** @throws PodhostError with every file that cannot be read */
const textOf = (files: readonly string[]): string =>
  readSources(files)
    .map(({ text }) => text)
    .join('\n');
