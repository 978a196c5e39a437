import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What containers have said, as their kubelet would read it: one log for all containers of a name. */
export interface ContainerLogs {
  /** For kwok: which file holds the log of which containers. */
  readonly configuration: object;
  /** The file with the log of the containers of a name. */
  fileOf(container: string): string;
  /** Adds lines to the log of the containers of a name. */
  say(container: string, ...lines: readonly string[]): void;
  /** Empties it, as for a container that has just been made. */
  forget(container: string): void;
}

/** Empty logs in a folder; kwok must know before it starts which containers will say something. */
export function createContainerLogs(folder: string, containers: readonly string[]): ContainerLogs {
  mkdirSync(folder);
  const fileOf = (container: string) => join(folder, `${container}.log`);
  const silent = fileOf('others');
  for (const file of [silent, ...containers.map(fileOf)]) writeFileSync(file, '');
  const known = (container: string) => {
    if (!containers.includes(container)) throw new Error(`the cluster was started without a log of ${container}`);
    return fileOf(container);
  };
  return {
    configuration: {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'ClusterLogs',
      metadata: { name: 'container-logs' },
      spec: {
        selector: {},
        logs: [
          ...containers.map((container) => ({ containers: [container], logsFile: fileOf(container) })),
          { logsFile: silent },
        ],
      },
    },
    fileOf: known,
    say: (container, ...lines) =>
      appendFileSync(
        known(container),
        // As the container runtime writes them.
        lines.map((line) => `${new Date().toISOString()} stdout F ${line}\n`).join(''),
      ),
    forget: (container) => writeFileSync(known(container), ''),
  };
}
