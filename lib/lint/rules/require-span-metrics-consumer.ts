import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { type InstalledCollector, installedCollectors } from '../../model/values/integration-values.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const requireSpanMetricsConsumer: Rule = {
  id: 'require-span-metrics-consumer',
  severity: 'error',
  documentation: {
    summary: 'Reports span metrics that no pipeline of metrics receives and exports.',
    why: 'A connector is an exporter of traces and a receiver of metrics. Without a metrics pipeline that receives it the collector does not start: “used as exporter in [traces] pipeline but not used in any supported receiver pipeline”. `coralogixExporter.pipelines: ["none"]`, which the chart’s upgrade notes recommend for tail sampling, removes the metrics pipelines, and with them the metrics of hosts and pods.',
    remediation: 'Leave metrics in the list of the exporter: `[metrics, logs]` where a gateway sends the traces.',
    example: `opentelemetry-agent:
  presets:
    coralogixExporter:
      pipelines: [metrics, logs]`,
    see: [
      'https://opentelemetry.io/docs/collector/configuration/#connectors',
      'https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/tail-sampling-values.yaml',
    ],
  },
  check: (model) => {
    const installed = new Map(installedCollectors(model).map((entry) => [entry.collector, entry]));
    return model.collectors.flatMap((collector) => unconsumed(model, collector, installed.get(collector)));
  },
};

function unconsumed(model: Model, collector: Collector, installed: InstalledCollector | undefined): RuleFinding[] {
  const { pipelines, title, place } = collector;
  const connectors = spanMetricsConnectors(pipelines.all).filter((id) => pipelines.consumersOf(id).length === 0);
  const [first] = connectors;
  if (first === undefined) {
    return [];
  }
  const message = `no pipeline of metrics receives ${joinNames(connectors)} of ${title}: the collector does not start`;
  const { manifest } = collectorWorkload(model, collector) ?? {};
  const byPreset = installed === undefined ? undefined : exporterWithoutMetrics(installed);
  return [
    byPreset === undefined
      ? { message, place: place(['connectors', first]), suggestion: suggestionFor(collector, connectors), manifest }
      : { message, ...byPreset },
  ];
}

/** What keeps the chart from making the pipeline. */
function exporterWithoutMetrics({ document, path, values }: InstalledCollector) {
  const preset = [...path, 'presets', 'coralogixExporter'];
  if (valueAt(document.value, ...preset) === undefined) {
    return undefined;
  }
  const wanted = values.preset('loadBalancing') ? '[metrics, logs]' : '[all]';
  return values.preset('coralogixExporter')
    ? { place: document.place([...preset, 'pipelines']), suggestion: `write: pipelines: ${wanted}` }
    : { place: document.place([...preset, 'enabled']), suggestion: 'write: enabled: true' };
}

function suggestionFor({ pipelines }: Collector, connectors: readonly string[]): string {
  const [metrics] = pipelines.of('metrics');
  return metrics === undefined
    ? `add a pipeline metrics with receivers: [${connectors.join(', ')}]`
    : `add ${connectors.join(', ')} to the receivers of pipeline ${metrics.id}`;
}
