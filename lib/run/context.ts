import { join } from 'node:path';
import type { LoadedSystem } from '../config/loaded-system.ts';
import type { PodhostError } from '../problems/podhost-error.ts';
import type { Command, CommandRunner } from './command/command.ts';
import type { StepName } from './step.ts';

/** What a command of the cluster takes besides its arguments. */
export type MoreOfCommand = Partial<Pick<Command, 'input' | 'timeoutSeconds'>>;

/** What every step is told. */
export interface DeployContext extends LoadedSystem {
  /** The configuration file, for hints. */
  readonly configFile: string;
  /** Folder with the synthesized manifests. */
  readonly dist: string;
  readonly runner: CommandRunner;
  /** `kubectl` for the cluster that is deployed to. */
  kubectl(args: readonly string[], more?: MoreOfCommand): Command;
  /** `helm` for the cluster that is deployed to. */
  helm(args: readonly string[], more?: MoreOfCommand): Command;
  /** Where the images are built and k3s runs, e.g. `ubuntu@192.0.2.7`; undefined when that is this machine. */
  readonly host: string | undefined;
  /** File of the credentials of the cluster. */
  readonly kubeconfig: string | undefined;
  /** Environment of this process, in which the values of secrets are looked up by name. */
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Folder of this system for what is kept between runs, readable by its owner only. */
  readonly stateFolder: string;
  /** The steps that run: what none of them needs is not looked at. */
  readonly steps: readonly StepName[];
  /** `--migrate`: what an earlier installation left may be removed. */
  readonly migrate: boolean;
  /** `--prune-volumes`: volumes that no manifest names any more may be removed, with their data. */
  readonly pruneVolumes: boolean;
  /**
   * In a dry run: is given why something could not be asked. A run fails there instead.
   *
   * @default - this is no dry run
   */
  readonly unasked?: (error: PodhostError) => void;
  /** Tells a person what is good to know. */
  tell(note: string): void;
  /**
   * Whether somebody is there to answer a question.
   *
   * @default false
   */
  readonly canAsk?: boolean;
  /** Whether something that cannot be undone may be done: asks a person, or `--yes` has answered. */
  confirm(question: string): Promise<boolean>;
}

export interface ContextProps
  extends LoadedSystem,
    Omit<DeployContext, keyof LoadedSystem | 'kubectl' | 'helm' | 'host' | 'kubeconfig'> {
  /**
   * `--host`.
   *
   * @default - as the configuration says
   */
  readonly host?: string;
}

/** What the steps are told, with the commands of the cluster that the configuration names. */
export function createContext(props: ContextProps): DeployContext {
  const { kubeconfig: written, context, k3s, host } = props.config.deploy;
  // The step k3s fetches it; nobody else's configuration of kubectl is touched.
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
