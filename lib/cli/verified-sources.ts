import type { SystemConfig } from '../config/schema/system.ts';
import type { Model } from '../model/model.ts';
import type { ReadModelProps } from '../model/read-model.ts';
import { KubeClient } from '../verify/cluster/kube-client.ts';
import { type ClusterChoice, connectionOf } from '../verify/cluster/kubeconfig.ts';
import { namespacesOnPath } from '../verify/cluster/namespaces.ts';
import type { CoralogixClient } from '../verify/coralogix/coralogix-client.ts';
import { type Reading, wasRead } from '../verify/reading.ts';
import { CommittedFiles } from '../verify/static/manifest-checks.ts';
import type { Target } from '../verify/target.ts';
import type { SourceInfo } from '../verify/verification.ts';
import { type inputProps, modelNames, reportUnread, sourcesOf } from './model-input.ts';

/** A system as its committed files describe it. */
export interface CommittedSystem {
  readonly files: CommittedFiles;
  /** Names that the configuration has. */
  readonly names: ReadModelProps;
  /** Namespaces in which the path of these services may lie. */
  namespacesOf(targets: readonly Target[]): readonly string[];
}

/**
 * Reads the committed files. What is not read of them is reported on standard error.
 *
 * @param propsOf properties of the model, of the names that the configuration has
 */
export function readCommittedSystem(
  paths: readonly string[],
  propsOf: (names: ReadModelProps) => ReturnType<typeof inputProps>,
  config: SystemConfig | undefined,
): CommittedSystem {
  const names = config === undefined ? {} : modelNames(config);
  const props = propsOf(names);
  const files = new CommittedFiles(sourcesOf(paths, props.valuesFiles), props);
  reportUnread(files.model);
  return {
    files,
    names,
    namespacesOf: (targets) => namespacesOnPath(files.model, targets, config?.collector.namespace),
  };
}

/**
 * A client of the API server, or why there is none.
 *
 * @throws PodhostError when the kubeconfig has no such context
 */
export function clientOf(choice: ClusterChoice, signal: AbortSignal): Reading<KubeClient> {
  const connection = connectionOf(choice);
  return wasRead(connection) ? { value: new KubeClient({ connection: connection.value, signal }) } : connection;
}

/** What was asked, for the head of a report. */
export function sourceInfos(
  paths: readonly string[],
  model: Model,
  cluster: Reading<KubeClient> | undefined,
  coralogix: Reading<CoralogixClient> | undefined,
): SourceInfo[] {
  const described = <T>(name: string, reading: Reading<T> | undefined, describe: (value: T) => string): SourceInfo => ({
    name,
    description:
      reading === undefined ? 'not asked' : wasRead(reading) ? describe(reading.value) : `not read: ${reading.unread}`,
  });
  return [
    { name: 'files', description: `${paths.join(' ')} (${model.files.length} files)` },
    described('cluster', cluster, ({ connection }) => `context ${connection.context} (${connection.server})`),
    described('coralogix', coralogix, ({ host }) => `${host}, the last 15 minutes`),
  ];
}
