import { join } from 'node:path';
import type { LoadedSystem } from '../config/loaded-system.ts';
import type { Command } from './command/command.ts';
import type { DeployContext, MoreOfCommand } from './context.ts';

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
