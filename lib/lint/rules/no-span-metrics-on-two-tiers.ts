import type { Collector } from '../../model/collector/collector.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import type { Rule } from '../rule.ts';
import { doubleCounts, spanMetricsPlace } from './support/span-metrics.ts';

export const noSpanMetricsOnTwoTiers: Rule = {
  id: 'no-span-metrics-on-two-tiers',
  severity: 'error',
  documentation: {
    summary: 'Reports span metrics of a collector whose spans another collector has counted already.',
    why: 'An agent that makes span metrics and a gateway behind it that makes them too count every span twice. Rates and error counts double, and what the gateway counts is only what its sampling lets through. Nothing fails; the figures are wrong.',
    remediation: 'Make span metrics on the agent alone, which sees every span before it is sampled.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      enabled: true
opentelemetry-gateway:
  enabled: true
  presets:
    spanMetrics:
      enabled: false`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) =>
    doubleCounts(model).map(({ first, second }) => ({
      message: `${second.title} counts the spans that ${first.title} has counted and sends to it`,
      place: spanMetricsPlace(second),
      suggestion: second.fromValues
        ? 'write below its presets: spanMetrics: { enabled: false }'
        : `remove ${connectorOf(second)} from the exporters of its traces`,
      manifest: collectorWorkload(model, second)?.manifest,
    })),
};

const connectorOf = ({ pipelines }: Collector): string => mainSpanMetricsConnector(pipelines.all) ?? 'spanmetrics';
