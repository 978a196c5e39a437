import type { KubeClient } from '../cluster/kube-client.ts';
import { KubeError } from '../cluster/kube-error.ts';
import { type LiveCollector, metricsPortOf } from '../cluster/live-collector.ts';
import type { LivePod } from '../cluster/live-pod.ts';
import { type OwnFigures, readOwnFigures } from '../cluster/own-metrics.ts';
import { inParallel } from '../in-parallel.ts';

/** What a collector has counted since a probe was sent. */
export interface FiguresChange {
  readonly pod: string;
  readonly sent: number;
  readonly failed: number;
}

/** More pods are not read before a probe: which of them it will reach is not known then. */
const maximumPods = 100;
const atOnce = 8;

/** The own metrics of the collectors that probes may reach, from before they were sent. */
export class CollectorFigures {
  private constructor(
    private readonly client: KubeClient,
    private readonly before: ReadonlyMap<LivePod, { readonly port: number; readonly figures: OwnFigures }>,
  ) {}

  static async read(client: KubeClient, collectors: readonly LiveCollector[]): Promise<CollectorFigures> {
    const pods = collectors
      .flatMap((live) => live.pods.map((pod) => ({ pod, port: metricsPortOf(live) })))
      .slice(0, maximumPods);
    const before = new Map<LivePod, { readonly port: number; readonly figures: OwnFigures }>();
    await inParallel(pods, atOnce, async ({ pod, port }) => {
      const figures = port === undefined ? undefined : await figuresOrNone(client, pod, port);
      if (port !== undefined && figures !== undefined) {
        before.set(pod, { port, figures });
      }
    });
    return new CollectorFigures(client, before);
  }

  /**
   * The change of the collector that a pod on a node reaches: its own agent, else the only one there is.
   *
   * @returns undefined where it cannot be read
   */
  async changeOn(collector: LiveCollector, node: string | undefined): Promise<FiguresChange | undefined> {
    const pod =
      collector.pods.find((each) => each.node === node) ??
      (collector.pods.length === 1 ? collector.pods[0] : undefined);
    const known = pod === undefined ? undefined : this.before.get(pod);
    if (pod === undefined || known === undefined) {
      return undefined;
    }
    const now = await figuresOrNone(this.client, pod, known.port);
    return now === undefined
      ? undefined
      : {
          pod: pod.name,
          sent: now.sentSpans - known.figures.sentSpans,
          failed: now.failedSpans - known.figures.failedSpans,
        };
  }
}

async function figuresOrNone(client: KubeClient, pod: LivePod, port: number): Promise<OwnFigures | undefined> {
  try {
    return await readOwnFigures(client, pod, port);
  } catch (error) {
    if (error instanceof KubeError) {
      return undefined;
    }
    throw error;
  }
}
