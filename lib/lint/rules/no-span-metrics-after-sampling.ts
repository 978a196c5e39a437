import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import type { Count } from '../../model/path/collector-path.ts';
import { brokenHops } from '../../model/path/walked-path.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { samplerTypes } from '../../pipeline/sampling.ts';
import { countingPipelines, firstBefore, spanMetricsConnectors } from '../../pipeline/spans.ts';
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
    // Those are one tier too many, wherever they stand, unless spans come that no collector has counted.
    const counted = new Set(doubleCounts(model).map(({ second }) => second));
    const broken = brokenHops(model).filter(({ hop }) => hop.cause === 'sampled');
    const counts = broken.flatMap(({ collectorPath }) => collectorPath.counts.slice(0, 1));
    const onPath = new Map(counts.map((count) => [count.collector, count]));
    return model.collectors
      .filter((collector) => !counted.has(collector) || onPath.has(collector))
      .flatMap((collector) => {
        const own = afterSampling(model, collector);
        const count = onPath.get(collector);
        return own.length > 0 || count === undefined ? own : [sampledBefore(model, count)];
      });
  },
};

/** The sampler is that of a collector that sends the spans on. */
const sampledBefore = (model: Model, { collector, sampler }: Count): RuleFinding => ({
  message: `${collector.title} counts spans after ${sampler} of a collector before it: its span metrics are of the kept spans only`,
  place: spanMetricsPlace(collector),
  suggestion: `count them where they arrive first, before ${sampler}`,
  manifest: collectorWorkload(model, collector)?.manifest,
});

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
