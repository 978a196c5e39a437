import { exportedMetrics, exportedSpans } from './otlp-json.ts';
import { namespace, type Pod } from './pods.ts';

type Attributes = Readonly<Record<string, string>>;

/** What a collector sent, as text that can be compared: one line for each different span or series. */
export interface Output {
  readonly spans: readonly string[];
  readonly series: readonly string[];
}

/**
 * What differs on purpose: plain OTLP needs names that the exporter of Coralogix sets later, the chart signs its data,
 * and our bridge gives spans of newer instrumentations the older name of the status code too.
 */
const intended = ['cx.application.name', 'cx.subsystem.name', 'cx.otel_integration.name', 'http.status_code'];

const spanMetric = /^((compact|db|db_compact)\.)?(calls|duration)$/;

/** Checks that every marked span has what the API server knows of its pod, and returns how many there were. */
export function checkEnriched(received: readonly unknown[], pods: readonly Pod[]): number {
  let spans = 0;
  for (const { resourceSpans } of received.map((it) => exportedSpans.parse(it))) {
    for (const { resource, scopeSpans } of resourceSpans) {
      const pod = pods.find(({ uid }) => uid === resource.attributes['k8s.pod.uid']);
      const wrong = Object.entries(expected(pod)).filter(([key, value]) => resource.attributes[key] !== value);
      if (wrong.length > 0) {
        throw new Error(`spans of ${pod?.name} are not enriched: ${JSON.stringify(resource.attributes)}`);
      }
      spans += scopeSpans.reduce((sum, scope) => sum + scope.spans.length, 0);
    }
  }
  return spans;
}

const expected = (pod: Pod | undefined) => ({
  'k8s.pod.name': pod?.name,
  'k8s.namespace.name': namespace,
  'k8s.deployment.name': pod?.service,
  'k8s.node.name': pod?.node,
  'k8s.cluster.name': 'bench',
});

/**
 * Spans with all their attributes, and the series of `calls` and `duration`, plain, compact and of databases, with all their labels.
 *
 * @param ignored names of attributes that are left out
 */
export function outputOf(
  spans: readonly unknown[],
  metrics: readonly unknown[],
  ignored: readonly string[] = intended,
): Output {
  const text = (attributes: Attributes): string =>
    Object.entries(attributes)
      .filter(([key]) => !ignored.includes(key))
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(' ');
  const spanLines = spans
    .flatMap((it) => exportedSpans.parse(it).resourceSpans)
    .flatMap(({ resource, scopeSpans }) =>
      scopeSpans.flatMap((scope) =>
        scope.spans.map(({ name, attributes }) => `${name} ${text(attributes)} of ${text(resource.attributes)}`),
      ),
    );
  const seriesLines = metrics
    .flatMap((it) => exportedMetrics.parse(it).resourceMetrics)
    .flatMap(({ resource, scopeMetrics }) =>
      scopeMetrics
        .flatMap((scope) => scope.metrics)
        .filter(({ name }) => spanMetric.test(name))
        .flatMap(({ name, unit, sum, histogram }) =>
          (sum ?? histogram)?.dataPoints.map(
            ({ attributes, explicitBounds = [] }) =>
              `${name} ${unit} ${explicitBounds} ${text(attributes)} of ${text(resource.attributes)}`,
          ),
        ),
    );
  return { spans: distinct(spanLines), series: distinct(seriesLines) };
}

const distinct = (lines: readonly (string | undefined)[]): string[] =>
  [...new Set(lines)].filter((line) => line !== undefined).sort();

/** Lines of one that the other does not have. */
export const missing = (from: readonly string[], of: readonly string[]): string[] => {
  const there = new Set(from);
  return of.filter((line) => !there.has(line));
};
