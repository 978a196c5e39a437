import type { KubeClient } from './kube-client.ts';
import type { LivePod } from './live-pod.ts';
import { pathOf, pods } from './resources.ts';

/** What a collector counts of itself. */
export interface OwnFigures {
  readonly acceptedSpans: number;
  readonly refusedSpans: number;
  readonly sentSpans: number;
  readonly failedSpans: number;
  readonly sentPoints: number;
  readonly failedPoints: number;
  /** Fullest sending queue, from 0 to 1; undefined where it has none. */
  readonly queueShare: number | undefined;
  /** Points or spans that found the sending queue full. */
  readonly notQueued: number;
  /** Whether an SDK or connector counts into the overflow series. */
  readonly overflow: number;
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;

/** Reads the text format of Prometheus. */
export function ownFigures(text: string): OwnFigures {
  const samples: Sample[] = text.split('\n').flatMap((each) => {
    const [, name = '', labels = '', value = ''] = line.exec(each) ?? [];
    return name === '' ? [] : [{ name: name.replace(/_total$/, ''), labels, value: Number(value) }];
  });
  const sum = (...names: readonly string[]): number =>
    samples.filter(({ name }) => names.includes(name)).reduce((total, { value }) => total + value, 0);
  return {
    acceptedSpans: sum('otelcol_receiver_accepted_spans'),
    refusedSpans: sum('otelcol_receiver_refused_spans'),
    sentSpans: sum('otelcol_exporter_sent_spans'),
    failedSpans: sum('otelcol_exporter_send_failed_spans'),
    sentPoints: sum('otelcol_exporter_sent_metric_points'),
    failedPoints: sum('otelcol_exporter_send_failed_metric_points'),
    queueShare: fullestQueue(samples),
    notQueued: sum('otelcol_exporter_enqueue_failed_spans', 'otelcol_exporter_enqueue_failed_metric_points'),
    overflow: samples.filter(({ labels }) => labels.includes('otel_metric_overflow="true"')).length,
  };
}

/** Path of the metrics of a pod, through the proxy of the API server. */
export const ownMetricsPath = ({ namespace, name }: Pick<LivePod, 'namespace' | 'name'>, port: number): string =>
  `${pathOf(pods, namespace)}/${encodeURIComponent(`${name}:${port}`)}/proxy/metrics`;

/**
 * Reads what the collector of a pod counts of itself, through the proxy.
 *
 * @throws KubeError when the server or the pod does not answer
 */
export async function readOwnFigures(client: KubeClient, pod: LivePod, port: number): Promise<OwnFigures> {
  const what = `the metrics of pod ${pod.namespace}/${pod.name}`;
  return ownFigures(await client.text(ownMetricsPath(pod, port), what));
}

function fullestQueue(samples: readonly Sample[]): number | undefined {
  const exporter = ({ labels }: Sample): string => /exporter="([^"]*)"/.exec(labels)?.[1] ?? '';
  const data = ({ labels }: Sample): string => /data_type="([^"]*)"/.exec(labels)?.[1] ?? '';
  const shares = samples
    .filter(({ name }) => name === 'otelcol_exporter_queue_size')
    .flatMap((size) => {
      const capacity = samples.find(
        (each) =>
          each.name === 'otelcol_exporter_queue_capacity' &&
          exporter(each) === exporter(size) &&
          data(each) === data(size),
      );
      return capacity === undefined || capacity.value === 0 ? [] : [size.value / capacity.value];
    });
  return shares.length === 0 ? undefined : Math.max(...shares);
}
