import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import type { LivePod } from './live-pod.ts';
import { pathOf, pods } from './resources.ts';

/** Which part of the logs of a pod is read. */
export interface LogPart {
  /** @default - the first container of the pod */
  readonly container?: string | undefined;
  /**
   * Whether the run before the last restart is read.
   *
   * @default false
   */
  readonly previous?: boolean;
  /**
   * Age of the oldest line, in seconds.
   *
   * @default - any age
   */
  readonly seconds?: number;
}

/** Reads the last lines of a container's log; undefined where they cannot be read. */
export type ReadLog = (pod: LivePod, part?: LogPart) => Promise<string | undefined>;

/** Reads logs through the API server. */
export const logReader =
  (client: KubeClient): ReadLog =>
  async ({ namespace, name, containers }, { container = containers[0]?.name, previous = false, seconds } = {}) => {
    try {
      return await client.text(`${pathOf(pods, namespace, name)}/log`, `the log of pod ${namespace}/${name}`, {
        container,
        tailLines: 200,
        previous: previous ? 'true' : undefined,
        sinceSeconds: seconds,
      });
    } catch (error) {
      if (error instanceof KubeError) {
        return undefined;
      }
      throw error;
    }
  };
