import type { KubeClient } from '../cluster/kube-client.ts';
import { KubeError } from '../cluster/kube-error.ts';
import { liveCollectors, metricsPortOf } from '../cluster/live-collector.ts';
import type { LivePod } from '../cluster/live-pod.ts';
import { ownMetricsPath } from '../cluster/own-metrics.ts';
import { pathOf, pods } from '../cluster/resources.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import { inParallel } from '../in-parallel.ts';

/** A text that goes into a bundle. */
export interface EvidenceFile {
  /** Path within the bundle, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Logs and metrics of more pods than these say little new. */
const maximumPods = 50;
const atOnce = 8;
const logLines = 1000;

/**
 * The objects that a run has read, with the pods that it kept, and what the collectors log and count of themselves. What
 * cannot be read is named in its place.
 */
export async function clusterEvidence(client: KubeClient, snapshot: ClusterSnapshot): Promise<EvidenceFile[]> {
  const objects = snapshot.model.manifests.map(({ kind, namespace, name, value }) => ({
    path: pathFor('objects', namespace ?? 'cluster', `${kind}-${name}.json`),
    text: jsonText(withoutCopies(value)),
  }));
  const kept = snapshot.pods.map((pod) => ({
    path: pathFor('pods', pod.namespace, `${pod.name}.json`),
    text: jsonText({
      ...pod,
      containers: pod.containers.map(({ env, envFrom, ...container }) => ({
        ...container,
        env: [...env.values()].map((entry): unknown => JSON.parse(entry)),
        envFrom: envFrom.map((entry): unknown => JSON.parse(entry)),
      })),
    }),
  }));
  const collectorPods = liveCollectors(snapshot)
    .flatMap((live) => live.pods.map((pod) => ({ pod, port: metricsPortOf(live) })))
    .slice(0, maximumPods);
  const ofCollectors = await inParallel(collectorPods, atOnce, ({ pod, port }) => podEvidence(client, pod, port));
  return [...objects, ...kept, ...ofCollectors.flat()];
}

async function podEvidence(client: KubeClient, pod: LivePod, port: number | undefined): Promise<EvidenceFile[]> {
  const { namespace, name } = pod;
  const read = async (path: string, query: Readonly<Record<string, string | number>> = {}): Promise<string> => {
    try {
      return await client.text(path, `pod ${namespace}/${name}`, query);
    } catch (error) {
      if (error instanceof KubeError) {
        return `not read: ${error.message}\n`;
      }
      throw error;
    }
  };
  const logs = await inParallel(pod.containers, atOnce, async ({ name: container, status }) => {
    const log = `${pathOf(pods, namespace, name)}/log`;
    const query = { container, tailLines: logLines };
    const former = (status?.restartCount ?? 0) > 0 ? [await read(log, { ...query, previous: 'true' })] : [];
    return [
      { path: pathFor('logs', namespace, `${name}-${container}.log`), text: await read(log, query) },
      ...former.map((text) => ({ path: pathFor('logs', namespace, `${name}-${container}-previous.log`), text })),
    ];
  });
  const metrics =
    port === undefined
      ? []
      : [{ path: pathFor('metrics', namespace, `${name}.txt`), text: await read(ownMetricsPath(pod, port)) }];
  return [...logs.flat(), ...metrics];
}

/** kubectl keeps a copy of the whole object in an annotation. */
function withoutCopies(value: unknown): unknown {
  const { metadata, ...rest } = Object(value);
  const { annotations, ...named } = Object(metadata);
  const kept = Object.entries(Object(annotations)).filter(([name]) => !name.endsWith('/last-applied-configuration'));
  return { ...rest, metadata: { ...named, ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }) } };
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A path of names that come from a server: none of them leads out of the bundle. */
const pathFor = (...names: readonly string[]): string =>
  names.map((name) => name.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_')).join('/');
