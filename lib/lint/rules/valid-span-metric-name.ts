import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { sendsToCoralogix } from '../../model/path/coralogix-exporter.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type InstalledCollector, installedCollectors } from '../../model/values/integration-values.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const validSpanMetricName: Rule = {
  id: 'valid-span-metric-name',
  severity: 'error',
  documentation: {
    summary: 'Reports span metrics whose names or unit are not those that Coralogix APM reads.',
    why: 'APM reads `calls_total` and `duration_ms_bucket`. With a `namespace` the connector puts it before the names, and without the key its default is `traces.span.metrics`; with `histogram.unit: s` the durations are `duration_seconds_*`. The metrics arrive and cost money, and the Service Catalog stays empty. `histogramBuckets: []` makes the chart leave out the unit together with the buckets, so that a later default decides it.',
    remediation: 'Leave the namespace empty, the unit at `ms`, and the buckets in the list.',
    example: `connectors:
  spanmetrics:
    namespace: ""
    histogram:
      unit: ms
      explicit:
        buckets: [1ms, 4ms, 10ms, 20ms, 50ms, 100ms, 200ms, 500ms, 1s, 2s, 5s]`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => {
    const installed = new Map(installedCollectors(model).map((entry) => [entry.collector, entry]));
    return model.collectors
      .filter(sendsToCoralogix)
      .flatMap((collector) => judged(model, collector, installed.get(collector)));
  },
};

function judged(model: Model, collector: Collector, installed: InstalledCollector | undefined): RuleFinding[] {
  const problems = spanMetricsConnectors(collector.pipelines.all).map((id) => problemOf(collector, id));
  const [first] = problems;
  // The chart makes others beside, for databases and without names of spans; one with the right names is enough.
  if (first !== undefined && problems.every((problem) => problem !== undefined)) {
    return [{ ...first, manifest: collectorWorkload(model, collector)?.manifest }];
  }
  return installed === undefined ? [] : withoutUnit(installed);
}

function problemOf({ config, title, place }: Collector, id: string): RuleFinding | undefined {
  const path = ['connectors', id];
  const namespace = textAt(config, ...path, 'namespace') ?? 'traces.span.metrics';
  if (namespace !== '') {
    return {
      message: `${id} of ${title} counts calls as ${namespace}.calls, which APM does not read`,
      place: place([...path, 'namespace']),
      suggestion: 'write: namespace: ""',
    };
  }
  const unit = textAt(config, ...path, 'histogram', 'unit') ?? 'ms';
  return unit === 'ms'
    ? undefined
    : {
        message: `${id} of ${title} measures durations in ${unit}, and APM reads duration_ms_bucket`,
        place: place([...path, 'histogram', 'unit']),
        suggestion: 'write: unit: ms',
      };
}

function withoutUnit({ collector, document, path, values }: InstalledCollector): RuleFinding[] {
  const buckets = [...path, 'presets', 'spanMetrics', 'histogramBuckets'];
  const isLeftOut =
    values.preset('spanMetrics') &&
    valueAt(document.value, ...buckets) !== undefined &&
    valueAt(collector.config, 'connectors', 'spanmetrics', 'histogram', 'unit') === undefined;
  return isLeftOut
    ? [
        {
          message: 'with no histogramBuckets the chart leaves out unit: ms as well',
          place: document.place(buckets, 'key'),
          suggestion: 'remove histogramBuckets, and the chart has its own',
        },
      ]
    : [];
}
