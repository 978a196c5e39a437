import { expect, test } from 'vitest';
import { noSpanMetricsAfterSampling as rule } from '../../../lib/lint/rules/no-span-metrics-after-sampling.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const gateway = (more = '') =>
  chartValues(`opentelemetry-gateway:
  enabled: true
  presets:
    spanMetrics: { enabled: true }
${more}`);

test('reports span metrics of the gateway, which samples', () => {
  expect(report(rule, gateway())).toEqual([
    {
      at: 'app.yaml:7:5',
      message: 'the gateway of app.yaml counts spans after tail_sampling: its span metrics are of the kept spans only',
      suggestion: 'write below its presets: spanMetrics: { enabled: false }, and leave it on for opentelemetry-agent',
    },
  ]);
});

test.each(['tail_sampling', 'probabilistic_sampler/10'])('reports %s before the connector', (sampler) => {
  expect(report(rule, mounted({ config: countingSpans({ processors: `k8sattributes, ${sampler}` }) }))).toEqual([
    {
      at: 'app.yaml:18:23',
      message: `DaemonSet agent counts spans after ${sampler}: its span metrics are of the kept spans only`,
      suggestion: `export to spanmetrics from a pipeline without ${sampler}`,
    },
  ]);
});

test('reports a sampler of the chart’s agent, which is where spans are to be counted', () => {
  const processors = '[memory_limiter, k8sattributes, probabilistic_sampler]';
  const agent = chartValues(`opentelemetry-agent:
  config:
    processors: { probabilistic_sampler: { sampling_percentage: 10 } }
    service: { pipelines: { traces: { processors: ${processors} } } }
`);
  expect(report(rule, agent)).toMatchObject([
    {
      suggestion:
        'take probabilistic_sampler out of its pipelines, and sample on opentelemetry-gateway: spans are counted here',
    },
  ]);
});

const twoPipelines = (first: string, second: string) => `receivers: { otlp: {} }
connectors: { spanmetrics: { namespace: "" }, forward: {} }
exporters: { coralogix: {} }
service:
  pipelines:
    traces: { receivers: [otlp], ${first} }
    traces/more: { receivers: [forward], ${second} }
    metrics: { receivers: [spanmetrics], exporters: [coralogix] }
`;

test('reports a sampler in a pipeline that feeds the one with the connector', () => {
  const config = twoPipelines(
    'processors: [tail_sampling], exporters: [forward]',
    'exporters: [spanmetrics, coralogix]',
  );
  expect(report(rule, mounted({ config }))).toMatchObject([{ at: 'app.yaml:14:58' }]);
});

test('does not report a sampler behind the connector', () => {
  const config = twoPipelines(
    'exporters: [spanmetrics, forward]',
    'processors: [tail_sampling], exporters: [coralogix]',
  );
  expect(report(rule, mounted({ config }))).toEqual([]);
});

test.each([
  [
    'head sampling of the chart, which stands behind',
    chartValues('opentelemetry-agent: { presets: { headSampling: { enabled: true } } }\n'),
  ],
  ['the agent before a gateway', chartValues('opentelemetry-gateway: { enabled: true }\n')],
  [
    'a gateway that does not sample',
    gateway('  config: { service: { pipelines: { traces: { processors: [memory_limiter] } } } }\n'),
  ],
  [
    'a gateway that counts for the second time',
    gateway(
      'opentelemetry-agent: { presets: { loadBalancing: { enabled: true, hostname: coralogix-opentelemetry-gateway } } }\n',
    ),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
