import { expect, test } from 'vitest';
import { requireWholeTraces as rule } from '../../../lib/lint/rules/require-whole-traces.ts';
import { chartValues } from './support/collectors.ts';
import { configuration, pipelinesWith, rendered, soundExporters, soundProcessors } from './support/configured.ts';
import { report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { mounted } from './support/mounted.ts';

test.each([
  [
    'tail sampling on agents',
    rendered({
      processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
      pipelines: 'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling], exporters: [coralogix] }',
    }),
    { message: 'DaemonSet agent runs tail_sampling on every node, where each pod has the spans of its own node only' },
  ],
  [
    'several gateways behind an ordinary Service',
    documents(
      rendered({
        exporters: `${soundExporters}\notlp: { endpoint: "gateway.otel:4317" }`,
        pipelines: pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, otlp'),
      }),
      mounted({
        name: 'gateway',
        kind: 'Deployment',
        config: configuration({
          processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
          pipelines:
            'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
        }),
      }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 3\n  selector: { matchLabels'),
    ),
    { message: 'tail_sampling runs in 3 pods of Deployment gateway, and DaemonSet agent sends to any of them' },
  ],
  [
    'several gateways that nothing is known to send to',
    mounted({
      name: 'gateway',
      kind: 'Deployment',
      config: configuration({
        processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
        pipelines:
          'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
      }),
    }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 2\n  selector: { matchLabels'),
    {
      message:
        'tail_sampling runs in 2 pods of Deployment gateway, and nothing that was read routes spans to them by trace',
    },
  ],
  [
    'traces that are routed by service',
    documents(
      rendered({
        exporters: `${soundExporters}\nloadbalancing: { routing_key: service, protocol: { otlp: {} }, resolver: { dns: { hostname: gateway.otel } } }`,
        pipelines: pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, loadbalancing'),
      }),
      mounted({
        name: 'gateway',
        kind: 'Deployment',
        config: configuration({
          processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
          pipelines:
            'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
        }),
      }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 2\n  selector: { matchLabels'),
    ),
    {
      message:
        'loadbalancing of DaemonSet agent routes by service, and tail_sampling of Deployment gateway samples whole traces',
      suggestion: 'write: routing_key: traceID',
    },
  ],
  [
    'a routing of the chart by service',
    chartValues(
      `opentelemetry-agent:\n  presets:\n    loadBalancing: { enabled: true, routingKey: service, hostname: coralogix-opentelemetry-gateway }\nopentelemetry-gateway:\n  enabled: true\n  config: { processors: { tail_sampling: { policies: [{ name: all, type: always_sample }] } } }\n`,
    ),
    { at: 'app.yaml:6:49', suggestion: 'write: routingKey: traceID' },
  ],
  [
    'a gateway of the chart on every node',
    chartValues(
      `opentelemetry-gateway:\n  enabled: true\n  mode: daemonset\n  config: { processors: { tail_sampling: { policies: [{ name: all, type: always_sample }] } } }\n`,
    ),
    {
      message:
        'the gateway of app.yaml runs tail_sampling on every node, where each pod has the spans of its own node only',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'one gateway',
    documents(
      rendered({
        exporters: `${soundExporters}\notlp: { endpoint: "gateway.otel:4317" }`,
        pipelines: pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, otlp'),
      }),
      mounted({
        name: 'gateway',
        kind: 'Deployment',
        config: configuration({
          processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
          pipelines:
            'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
        }),
      }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 1\n  selector: { matchLabels'),
    ),
  ],
  [
    'several gateways that traces are routed to',
    documents(
      rendered({
        exporters: `${soundExporters}\nloadbalancing: { routing_key: traceID, protocol: { otlp: {} }, resolver: { dns: { hostname: gateway.otel } } }`,
        pipelines: pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, loadbalancing'),
      }),
      mounted({
        name: 'gateway',
        kind: 'Deployment',
        config: configuration({
          processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
          pipelines:
            'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
        }),
      }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 3\n  selector: { matchLabels'),
    ),
  ],
  [
    'the default of the routing',
    documents(
      rendered({
        exporters: `${soundExporters}\nloadbalancing: { protocol: { otlp: {} }, resolver: { dns: { hostname: gateway.otel } } }`,
        pipelines: pipelinesWith('memory_limiter, k8sattributes', 'spanmetrics, loadbalancing'),
      }),
      mounted({
        name: 'gateway',
        kind: 'Deployment',
        config: configuration({
          processors: `${soundProcessors}\ntail_sampling: { policies: [{ name: all, type: always_sample }] }`,
          pipelines:
            'traces: { receivers: [otlp], processors: [memory_limiter, tail_sampling, batch], exporters: [coralogix] }',
        }),
      }).replace('spec:\n  selector: { matchLabels', 'spec:\n  replicas: 3\n  selector: { matchLabels'),
    ),
  ],
  ['no sampling', rendered()],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
