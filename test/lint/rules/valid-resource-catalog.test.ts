import { expect, test } from 'vitest';
import { validResourceCatalog as rule } from '../../../lib/lint/rules/valid-resource-catalog.ts';
import { chartValues } from './support/collectors.ts';
import { agentValues, pipelinesWith, rendered, soundExporters } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'an exporter without the header',
    rendered(
      {
        receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
        exporters: `${soundExporters}\ncoralogix/resource_catalog: { domain: eu2.coralogix.com }`,
        pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [coralogix/resource_catalog] }`,
      },
      { kind: 'Deployment' },
    ),
    {
      message:
        'coralogix/resource_catalog of Deployment agent sends pipeline logs/resource_catalog without the header x-coralogix-ingress, and the resource catalog does not take it',
    },
  ],
  [
    'the exporter of the other data',
    rendered(
      {
        receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
        exporters: `${soundExporters}\ndebug: {}`,
        pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [coralogix] }`,
      },
      { kind: 'Deployment' },
    ),
    {
      suggestion:
        'write below exporters.coralogix/resource_catalog: logs: { headers: { x-coralogix-ingress: metadata-as-otlp-logs/v1 } }',
    },
  ],
  [
    'another header',
    rendered(
      {
        receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
        exporters: `${soundExporters}\ncoralogix/resource_catalog: { domain: eu2.coralogix.com, private_key: a, application_name: a, subsystem_name: b, logs: { headers: { x-coralogix-ingress: otlp/v1 } } }`,
        pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [coralogix/resource_catalog] }`,
      },
      { kind: 'Deployment' },
    ),
    {
      message:
        'coralogix/resource_catalog of Deployment agent sends pipeline logs/resource_catalog with x-coralogix-ingress: otlp/v1, and the resource catalog takes metadata-as-otlp-logs/v1',
    },
  ],
  [
    'objects that every agent reads',
    rendered({
      receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
      exporters: `${soundExporters}\ncoralogix/resource_catalog: { domain: eu2.coralogix.com, private_key: a, application_name: a, subsystem_name: b, logs: { headers: { x-coralogix-ingress: metadata-as-otlp-logs/v1 } } }`,
      pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [coralogix/resource_catalog] }`,
    }),
    {
      message:
        'k8sobjects/resource_catalog runs on every node in DaemonSet agent, and each pod sends all objects of the cluster',
    },
  ],
  [
    'a pipeline of values',
    chartValues(
      `opentelemetry-cluster-collector:\n  config: { service: { pipelines: { logs/resource_catalog: { exporters: [coralogix] } } } }\n`,
    ),
    {
      message:
        'coralogix of the cluster collector of app.yaml sends pipeline logs/resource_catalog without the header x-coralogix-ingress, and the resource catalog does not take it',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'the header',
    rendered(
      {
        receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
        exporters: `${soundExporters}\ncoralogix/resource_catalog: { domain: eu2.coralogix.com, private_key: a, application_name: a, subsystem_name: b, logs: { headers: { x-coralogix-ingress: metadata-as-otlp-logs/v1 } } }`,
        pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [coralogix/resource_catalog] }`,
      },
      { kind: 'Deployment' },
    ),
  ],
  [
    'another back end',
    rendered(
      {
        receivers: 'otlp: { protocols: { grpc: {} } }\nk8sobjects/resource_catalog: {}',
        exporters: `${soundExporters}\notlp: { endpoint: "logs:4317" }`,
        pipelines: `${pipelinesWith('memory_limiter')}\nlogs/resource_catalog: { receivers: [k8sobjects/resource_catalog], processors: [memory_limiter], exporters: [otlp] }`,
      },
      { kind: 'Deployment' },
    ),
  ],
  ['the exporter of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
