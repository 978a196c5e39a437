import { ChartValues } from '../../chart/chart-values.ts';
import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { feedsCoralogix } from '../../model/path/coralogix-exporter.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { memoized } from '../../model/spans/memoized.ts';
import { receiversOf } from '../../model/spans/sends-to.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const requireCompactMetrics: Rule = {
  id: 'require-compact-metrics',
  severity: 'warning',
  documentation: {
    summary: 'Reports span metrics without the compact ones that APM v2 reads.',
    why: 'APM v2 draws its lists from `compact_calls_total` and `compact_duration_ms_*`, and its Databases page from `db_compact_*`: the same counts without the names of spans and pods. The chart makes them until `compactMetrics` is switched off; a span metrics connector that somebody configures makes `calls_total` alone. The Service Catalog then has its services, while APM v2 shows the requirement as missing.',
    remediation:
      'Leave `compactMetrics` on, or give the connector a second one beside it with `namespace: compact`; a configuration of podhost has `collector.spanMetrics.compact`.',
    example: `connectors:
  forward/compact: {}
  spanmetrics/compact:
    namespace: compact
    add_resource_attributes: true
    exclude_dimensions: [collector.instance.id, span.name]
    histogram:
      unit: ms
      explicit:
        buckets: [1ms, 4ms, 10ms, 20ms, 50ms, 100ms, 200ms, 500ms, 1s, 2s, 5s]
processors:
  transform/compact:
    trace_statements:
      - context: resource
        statements:
          - keep_keys(resource.attributes, ["service.name", "k8s.cluster.name", "host.name", "deployment.environment.name"])
service:
  pipelines:
    traces:
      exporters: [spanmetrics, forward/compact, coralogix]
    traces/compact:
      receivers: [forward/compact]
      processors: [transform/compact]
      exporters: [spanmetrics/compact]
    metrics/compact:
      receivers: [spanmetrics/compact]
      exporters: [coralogix]`,
    see: [
      'https://coralogix.com/docs/user-guides/apm-v2/getting-started/apm-onboarding-tutorial/',
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml',
    ],
  },
  check: (model) => model.collectors.flatMap((collector) => kinds.flatMap((kind) => findings(model, collector, kind))),
};

/** Span metrics, and the compact ones of the same spans. */
interface Kind {
  readonly namespace: string;
  readonly compact: string;
  /** Where the chart switches the compact ones, below the preset. */
  readonly settings: readonly string[];
  readonly without: string;
}

const kinds: readonly Kind[] = [
  {
    namespace: '',
    compact: 'compact',
    settings: ['compactMetrics'],
    without: 'APM v2 has no compact_calls_total and no compact_duration_ms_bucket',
  },
  {
    namespace: 'db',
    compact: 'db_compact',
    settings: ['dbMetrics', 'compactMetrics'],
    without: 'the Databases page of APM v2 has no db_compact_calls_total',
  },
];

function findings(model: Model, collector: Collector, kind: Kind): RuleFinding[] {
  const { namespace, compact, settings, without } = kind;
  const [connector] = connectorsWith(collector, namespace);
  if (connector === undefined || isCovered(model, collector, kind)) {
    return [];
  }
  const preset = switchedOff(model, collector, settings);
  if (preset !== undefined) {
    return [{ ...preset, message: `${preset.message}: ${without}` }];
  }
  const { title, place } = collector;
  return [
    {
      message: `${connector} of ${title} has no connector with namespace: ${compact} beside it: ${without}`,
      place: place(['connectors', connector]),
      manifest: collectorWorkload(model, collector)?.manifest,
      suggestion: `add a connector spanmetrics/${compact} with namespace: ${compact}, with pipelines as in the example of the rule`,
    },
  ];
}

/** Span metrics connectors with this namespace whose metrics reach Coralogix. */
const connectorsWith = ({ config, pipelines }: Collector, namespace: string): string[] =>
  spanMetricsConnectors(pipelines.all).filter(
    (id) => textAt(config, 'connectors', id, 'namespace') === namespace && feedsCoralogix(pipelines, id),
  );

const isCompact = (collector: Collector, { compact }: Kind): boolean => connectorsWith(collector, compact).length > 0;

/** Collectors that make the compact metrics of a kind, and those that get the same spans from them. */
const covered = memoized(
  (model): ReadonlyMap<Kind, ReadonlySet<Collector>> =>
    new Map(
      kinds.map((kind) => [
        kind,
        new Set(
          model.collectors
            .filter((collector) => isCompact(collector, kind))
            .flatMap((collector) => [collector, ...receiversOf(model, collector)]),
        ),
      ]),
    ),
);

/** Whether the collector, or one that passes spans on to it or gets them from it, makes the compact metrics. */
const isCovered = (model: Model, collector: Collector, kind: Kind): boolean =>
  covered(model).get(kind)?.has(collector) === true ||
  [...receiversOf(model, collector)].some((receiver) => isCompact(receiver, kind));

/** The values that make a collector, by what helm makes of them. */
const documents = memoized(
  (model): ReadonlyMap<Collector['rendered'], SourceDocument> =>
    new Map(
      model.values.flatMap(({ document, rendering }) =>
        rendering.collectors.map((rendered): [Collector['rendered'], SourceDocument] => [rendered, document]),
      ),
    ),
);

/** The switch of the chart that is off. */
function switchedOff(model: Model, { rendered, title }: Collector, settings: readonly string[]) {
  const document = documents(model).get(rendered);
  if (rendered === undefined || document === undefined) {
    return undefined;
  }
  const values = new ChartValues(rendered.values.all, rendered.values.written);
  const preset = values.preset('spanMetricsMulti') ? 'spanMetricsMulti' : 'spanMetrics';
  if (!values.preset(preset) || values.has('presets', preset, ...settings, 'enabled')) {
    return undefined;
  }
  const path = ['presets', preset, ...settings, 'enabled'];
  return {
    message: `${[preset, ...settings].join('.')} of ${title} is off`,
    place: document.place([...rendered.path, ...path]),
    suggestion: values.isWritten(...path) ? 'write: enabled: true' : `write: ${settings.join('.')}.enabled: true`,
  };
}
