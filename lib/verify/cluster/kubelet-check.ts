import { z } from 'zod';
import { joinNames } from '../../text/list.ts';
import { broken, type HopCheck, inTransition, proven, sentences, unchecked } from '../check.ts';
import { inParallel } from '../in-parallel.ts';
import type { Reading } from '../reading.ts';
import type { Target } from '../target.ts';
import type { KubeClient } from './kube-client.ts';
import { KubeError } from './kube-error.ts';
import type { LivePod } from './live-pod.ts';
import { nodes as nodeResource, pathOf } from './resources.ts';
import { type ClusterSnapshot, podsOf } from './snapshot.ts';

const summary = z.object({
  pods: z
    .array(
      z.object({
        podRef: z.object({ name: z.string(), namespace: z.string() }),
        cpu: z.object({ usageNanoCores: z.number().nullish() }).nullish(),
        memory: z.object({ workingSetBytes: z.number().nullish() }).nullish(),
      }),
    )
    .nullish()
    .transform((pods) => pods ?? []),
});

/** Names of the pods with CPU and memory in the statistics of one kubelet. */
type Measured = ReadonlySet<string>;

/** The kubelet measures a pod some seconds after its start. */
const delayMilliseconds = 60_000;

const atOnce = 8;

/** What the kubelets measure, each read once for all services. */
export class KubeletStatistics {
  private readonly byNode = new Map<string, Promise<Reading<Measured>>>();

  constructor(private readonly client: KubeClient) {}

  /**
   * Whether the kubelets have statistics of the pods of a service: what the receiver kubeletstats reads.
   *
   * @see https://kubernetes.io/docs/reference/instrumentation/node-metrics/#summary-api-source
   */
  async check(snapshot: ClusterSnapshot, target: Target): Promise<HopCheck> {
    const id = 'kubelet/statistics';
    const pods = podsOf(snapshot, target).filter(({ node }) => node !== undefined);
    if (pods.length === 0) {
      return unchecked(id, 'no pod of the service runs on a node');
    }
    const readings = await inParallel(pods, atOnce, async (pod) => ({ pod, reading: await this.of(pod.node ?? '') }));
    const unread = readings.flatMap(({ reading }) => ('unread' in reading ? [reading] : []))[0];
    const without = readings
      .filter(({ pod, reading }) => 'value' in reading && !reading.value.has(keyOf(pod)))
      .map(({ pod }) => pod);
    const evidence = sentences(`nodes: ${joinNames(pods.flatMap(({ node }) => node ?? []))}`);
    const names = joinNames(without.map(({ name }) => name));
    if (without.length > 0) {
      const isYoung = without.every(
        ({ created }) => created !== undefined && created + delayMilliseconds > snapshot.time,
      );
      const message = `the kubelet has no statistics of ${without.length} of ${pods.length} pods (${names})`;
      return isYoung
        ? inTransition(id, `${message}, which have only started`, { evidence })
        : broken(id, message, {
            remedy: 'look at the log of the kubelet and of the container runtime there',
            evidence,
          });
    }
    if (unread !== undefined) {
      return unchecked(id, unread.unread, { remedy: unread.remedy, evidence });
    }
    return proven(id, `the kubelets have CPU and memory of all ${pods.length} pods`, { evidence });
  }

  private of(node: string): Promise<Reading<Measured>> {
    const known = this.byNode.get(node) ?? this.read(node);
    this.byNode.set(node, known);
    return known;
  }

  private async read(node: string): Promise<Reading<Measured>> {
    const what = `the statistics of the kubelet of node ${node}`;
    try {
      const answer = summary.safeParse(
        await this.client.get(`${pathOf(nodeResource, undefined, node)}/proxy/stats/summary`, what),
      );
      if (!answer.success) {
        return { unread: `${what} have another form` };
      }
      const measured = answer.data.pods.filter(
        ({ cpu, memory }) => typeof cpu?.usageNanoCores === 'number' && typeof memory?.workingSetBytes === 'number',
      );
      return { value: new Set(measured.map(({ podRef }) => keyOf(podRef))) };
    } catch (error) {
      if (!(error instanceof KubeError)) {
        throw error;
      }
      return error.kind === 'forbidden'
        ? { unread: error.message, remedy: 'grant the permissions that podhost verify --print-role --kubelet prints' }
        : { unread: error.message };
    }
  }
}

const keyOf = ({ namespace, name }: Pick<LivePod, 'namespace' | 'name'>): string => `${namespace}/${name}`;
