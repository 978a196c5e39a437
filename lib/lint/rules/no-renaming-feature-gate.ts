import type { Collector } from '../../model/collector/collector.ts';
import { makesSpanMetrics } from '../../model/collector/collector.ts';
import { configuredCollectors } from '../../model/collector/part.ts';
import { collectorRuntime } from '../../model/collector/runtime.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { componentType } from '../../pipeline/component.ts';
import { statementKeys } from '../../pipeline/ottl.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import { textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const noRenamingFeatureGate: Rule = {
  id: 'no-renaming-feature-gate',
  severity: 'error',
  documentation: {
    summary: 'Reports a feature gate of the collector that renames labels or metrics which the views read.',
    why: 'Gates change what the span metrics connector and k8sattributes write. With `spanmetrics.statusCodeConvention.useOtelPrefix` the label `status_code` becomes `otel_status_code`, with others the metrics have other names or another unit. The collector starts, the metrics arrive, and errors, rates or durations are empty in every view.',
    remediation: 'Take the gate out of the arguments of the collector.',
    example: `command:
  extraArgs: [] # not: --feature-gates=spanmetrics.statusCodeConvention.useOtelPrefix`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) =>
    configuredCollectors(model)
      .filter(makesSpanMetrics)
      .flatMap((each) => gatesOf(model, each)),
};

interface Gate {
  /** What becomes wrong. */
  readonly effect: string;
  /** Whether the configuration makes up for it. */
  readonly isMended?: (collector: Collector) => boolean;
}

const gates: ReadonlyMap<string, Gate> = new Map([
  [
    'spanmetrics.statusCodeConvention.useOtelPrefix',
    { effect: 'the label status_code becomes otel_status_code', isMended: bridgesStatus },
  ],
  ['connector.spanmetrics.legacyMetricNames', { effect: 'the metrics are named as before, duration_* and latency_*' }],
  [
    'connector.spanmetrics.useSecondAsDefaultMetricsUnit',
    { effect: 'durations are in seconds, and APM reads duration_ms_*', isMended: hasUnit },
  ],
  [
    'connector.spanmetrics.excludeResourceMetrics',
    { effect: 'series lose the names of pod and node', isMended: addsResource },
  ],
  [
    'processor.k8sattributes.DontEmitV0K8sConventions',
    { effect: 'k8sattributes no longer writes the names by which the views look for pods' },
  ],
]);

function gatesOf(model: Model, collector: Collector): RuleFinding[] {
  const { args = [] } = collectorRuntime(model, collector) ?? {};
  return args.flatMap(({ text, place }, index) =>
    [...gates].flatMap(([name, { effect, isMended }]): RuleFinding[] => {
      const named = gatesIn(text, args[index - 1]?.text).includes(name);
      const isBridged = isMended?.(collector) === true;
      return !named || (isBridged && !collector.fromValues)
        ? []
        : [
            {
              message: isBridged
                ? `the feature gate ${name} is on for ${collector.title}, and the views rest on what the chart makes up for it`
                : `the feature gate ${name} is on for ${collector.title}: ${effect}`,
              ...(isBridged ? { cannotTell: true } : {}),
              place,
              suggestion: `remove ${name} from the feature gates`,
              manifest: collectorWorkload(model, collector)?.manifest,
            },
          ];
    }),
  );
}

/** The gates that an argument switches on. */
function gatesIn(text: string, before = ''): string[] {
  const [, list = /^--?feature-gates$/.test(before) ? text : ''] = /^--?feature-gates=(.*)$/.exec(text) ?? [];
  return list.split(',').map((gate) => gate.trim().replace(/^\+/, ''));
}

/** Whether the metrics of the connector get the label under its other name again; the chart has a processor for that. */
function bridgesStatus({ pipelines, config, rendered }: Collector): boolean {
  const main = mainSpanMetricsConnector(pipelines.all);
  const metrics = main === undefined ? [] : pipelines.consumersOf(main);
  const isBridge = (id: string) =>
    componentType(id) === 'transform' &&
    (rendered?.draft.originOf('processors', id)?.startsWith('spanMetrics') === true ||
      /status[._]code/.test(JSON.stringify(valueAt(config, 'processors', id, statementKeys.metrics) ?? '')));
  return metrics.length > 0 && metrics.every(({ processors }) => processors.some(isBridge));
}

function hasUnit({ pipelines, config }: Collector): boolean {
  const main = mainSpanMetricsConnector(pipelines.all) ?? '';
  return textAt(config, 'connectors', main, 'histogram', 'unit') === 'ms';
}

function addsResource({ pipelines, config, dimensions }: Collector): boolean {
  const main = mainSpanMetricsConnector(pipelines.all) ?? '';
  return (
    textAt(config, 'connectors', main, 'add_resource_attributes') === 'true' ||
    dimensions.some(({ name }) => name === 'k8s.pod.name')
  );
}
