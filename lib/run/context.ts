import { join } from 'node:path';
import type { ConfigFiles } from '../config/config-files.ts';
import type { LoadedSystem } from '../config/load-system.ts';
import type { PodhostError } from '../problems/podhost-error.ts';
import type { Command, CommandRunner } from './command/command.ts';

/** The steps in the order in which they run. */
export const stepNames = [
  'preflight',
  'k3s',
  'compose',
  'images',
  'secrets',
  'collector',
  'operator',
  'apply',
  'restart',
  'verify',
] as const;

export type StepName = (typeof stepNames)[number];

/** Properties of a kubectl or helm command besides its arguments. */
export type MoreOfCommand = Partial<Pick<Command, 'input' | 'timeoutSeconds'>>;

/** Input of every step. */
export interface DeployContext extends LoadedSystem {
  /** The files of the configuration, for suggestions. */
  readonly configFile: ConfigFiles;
  /** Folder with the synthesized manifests. */
  readonly dist: string;
  readonly runner: CommandRunner;
  /** A `kubectl` command for the cluster of the deployment. */
  kubectl(args: readonly string[], more?: MoreOfCommand): Command;
  /** A `helm` command for the cluster of the deployment. */
  helm(args: readonly string[], more?: MoreOfCommand): Command;
  /** Machine that builds the images and runs k3s, e.g. `ubuntu@192.0.2.7`; undefined for this machine. */
  readonly host: string | undefined;
  /** The kubeconfig file. */
  readonly kubeconfig: string | undefined;
  /** Environment of this process, which holds the values of secrets by name. */
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Folder for the state of this system between runs, readable only by its owner. */
  readonly stateFolder: string;
  /** The steps that run; the preflight checks only what they need. */
  readonly steps: readonly StepName[];
  /** `--migrate`: a legacy installation may be removed. */
  readonly migrate: boolean;
  /** `--prune-volumes`: volumes that are in no manifest any more may be removed, with their data. */
  readonly pruneVolumes: boolean;
  /**
   * In a dry run: receives the error of a lookup that failed. A deployment fails instead.
   *
   * @default - this is no dry run
   */
  readonly onUnknownState?: (error: PodhostError) => void;
  /** Prints a note for the user. */
  report(note: string): void;
  /**
   * Whether a terminal is available for questions.
   *
   * @default false
   */
  readonly canAsk?: boolean;
  /** Asks the user whether an action that cannot be rolled back may run; `--yes` answers every question. */
  confirm(question: string): Promise<boolean>;
}

export interface ContextProps
  extends LoadedSystem,
    Omit<DeployContext, keyof LoadedSystem | 'kubectl' | 'helm' | 'host' | 'kubeconfig'> {
  /**
   * `--host`.
   *
   * @default - `deploy.host` of the configuration
   */
  readonly host?: string;
}

/** Creates the context, with commands for the cluster of the configuration. */
export function createContext(props: ContextProps): DeployContext {
  const { kubeconfig: written, context, k3s, host } = props.config.deploy;
  // The step k3s writes this file; the default kubeconfig of the user is not changed.
  const kubeconfig = written ?? (k3s === undefined ? undefined : join(props.stateFolder, 'kubeconfig'));
  const connection = (contextFlag: string) => [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`${contextFlag}=${context}`]),
  ];
  const command =
    (program: string, contextFlag: string) =>
    (args: readonly string[], more: MoreOfCommand = {}) =>
      ({ program, args: [...args, ...connection(contextFlag)], ...more }) satisfies Command;
  return {
    ...props,
    host: props.host ?? host,
    kubeconfig,
    kubectl: command('kubectl', '--context'),
    helm: command('helm', '--kube-context'),
  };
}
