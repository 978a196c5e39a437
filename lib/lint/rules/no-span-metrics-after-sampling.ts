import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { countingPipelines, firstBefore, samplerTypes, spanMetricsConnectors } from '../../pipeline/spans.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { doubleCounts, spanMetricsPlace } from './support/span-metrics.ts';

export const noSpanMetricsAfterSampling: Rule = {
  id: 'no-span-metrics-after-sampling',
  severity: 'error',
  documentation: {
    summary: 'Reports span metrics that are made of the spans that a sampler has kept.',
    why: 'Span metrics count spans. Behind `tail_sampling` or `probabilistic_sampler` they count the kept ones: with one trace in ten kept, the request rate is a tenth, and with errors always kept, the error rate is far too high. The service looks slow or broken although it is not.',
    remediation: 'Count spans before they are sampled: on the agent, or in a pipeline of its own without the sampler.',
    example: `service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [spanmetrics, forward/sampled]
    traces/sampled:
      receivers: [forward/sampled]
      processors: [tail_sampling, batch]
      exporters: [coralogix]`,
    see: [
      'https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor',
    ],
  },
  check: (model) => {
    // Those are one tier too many, wherever they stand.
    const counted = new Set(doubleCounts(model).map(({ second }) => second));
    return model.collectors
      .filter((collector) => !counted.has(collector))
      .flatMap((collector) => afterSampling(model, collector));
  },
};

function afterSampling(model: Model, collector: Collector): RuleFinding[] {
  const { pipelines, title, fromValues, onEveryNode } = collector;
  const sampler = firstBefore(countingPipelines(pipelines), ...samplerTypes);
  return sampler === undefined
    ? []
    : [
        {
          message: `${title} counts spans after ${sampler}: its span metrics are of the kept spans only`,
          place: spanMetricsPlace(collector),
          suggestion: !fromValues
            ? `export to ${spanMetricsConnectors(pipelines.all).join(' and ')} from a pipeline without ${sampler}`
            : onEveryNode
              ? `take ${sampler} out of its pipelines, and sample on opentelemetry-gateway: spans are counted here`
              : 'write below its presets: spanMetrics: { enabled: false }, and leave it on for opentelemetry-agent',
          manifest: collectorWorkload(model, collector)?.manifest,
        },
      ];
}
