import { describe, expect, test } from 'vitest';
import type { ChartRenderer } from '../../lib/chart/chart-renderer.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { modelAsHelm, usedChart } from '../chart/support/rendered-manifests.ts';

const off = { enabled: false };
const on = { enabled: true };
const global = { domain: 'eu2.coralogix.com', clusterName: 'shop' };
const agent = (values: object) => ({ global, 'opentelemetry-agent': { service: on, ...values } });
const pipeline = (id: string, parts: object) => agent({ config: { service: { pipelines: { [id]: parts } } } });

/** Sends to the agent of its node, with what the agent needs to find its pod. */
const application = toYaml({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: {
        containers: [
          {
            name: 'shop',
            image: 'shop',
            env: [
              { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
              { name: 'OTEL_SERVICE_NAME', value: 'shop' },
              { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.pod.ip=$(POD_IP)' },
              { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
              { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://coralogix-opentelemetry.coralogix:4317' },
            ],
          },
        ],
      },
    },
  },
});

const findings = (values: object, renderer?: ChartRenderer) => {
  const props = { valuesFiles: ['v.yaml'], ...(renderer === undefined ? {} : { renderer }) };
  const { result } = lintSources(
    [
      { file: 'app.yaml', text: application },
      { file: 'v.yaml', text: toYaml(values) },
    ],
    props,
  );
  expect(result.failures).toEqual([]);
  return result.findings.map(
    ({ rule, level, place, message }) => `${level} ${rule.id} ${place.file}:${place.line}: ${message}`,
  );
};

describe('a fault of values is reported by helm as it is without', () => {
  test.each([
    ['no enrichment', agent({ presets: { kubernetesAttributes: off } }), 'require-pod-attributes'],
    ['no span metrics', agent({ presets: { spanMetrics: off } }), 'require-span-metrics-collector'],
    [
      'a dimension twice',
      agent({ presets: { spanMetrics: { extraDimensions: [{ name: 'a' }, { name: 'a' }] } } }),
      'unique-dimension',
    ],
    ['an exporter that is not there', pipeline('traces', { exporters: ['otlp/own'] }), 'valid-component-reference'],
    [
      'load balancing alone',
      agent({ presets: { loadBalancing: { ...on, hostname: 'gateway' } } }),
      'require-load-balancing-companions',
    ],
    [
      'no limit of series',
      agent({ config: { connectors: { spanmetrics: { aggregation_cardinality_limit: 0 } } } }),
      'require-cardinality-limit',
    ],
    ['an unknown preset', agent({ presets: { hostmetrics: on } }), 'valid-preset'],
    ['a preset that is null', agent({ presets: { hostMetrics: null } }), 'valid-preset'],
    ['a name that is no YAML', agent({ fullnameOverride: 'a: b' }), 'valid-sub-chart-value'],
    ['a sub-chart that is no mapping', { global, 'opentelemetry-agent': ['a'] }, 'valid-sub-chart-value'],
    [
      'a domain with a scheme',
      { global: { ...global, domain: 'https://eu2.coralogix.com' }, 'opentelemetry-agent': {} },
      'valid-domain',
    ],
  ])('%s', (_, values, rule) => {
    const without = findings(values);
    expect(without.some((finding) => finding.includes(` ${rule} v.yaml:`))).toBe(true);
    expect(findings(values, modelAsHelm)).toEqual(without);
  });

  test('and what is right has no finding either way', () => {
    const values = agent({});
    expect(findings(values)).toEqual([]);
    expect(findings(values, modelAsHelm)).toEqual([]);
  });
});

describe('what helm knows better', () => {
  const refuses =
    (reason: string): ChartRenderer =>
    () => ({ kind: 'refused', chart: usedChart, reason });

  test.each([
    [
      'a template',
      'template: otel-integration/charts/opentelemetry-agent/templates/daemonset.yaml:1:2: executing "a" at <include "b" .>: error calling include: template: otel-integration/charts/opentelemetry-agent/templates/_pod.tpl:3:4: executing "b" at <.Values.replicaCount>: wrong type',
      'error valid-sub-chart-value v.yaml:7: helm refuses to install the chart: at <.Values.replicaCount>: wrong type',
    ],
    [
      'the schema, in words of helm 3.17',
      "values don't meet the specifications of the schema(s) in the following chart(s):\nopentelemetry-agent:\n- replicaCount: Must be odd",
      'error valid-sub-chart-value v.yaml:7: helm refuses to install the chart: replicaCount: Must be odd',
    ],
    [
      'the schema, in words of later ones',
      "values don't meet the specifications of the schema(s) in the following chart(s):\nopentelemetry-agent:\n- at '/presets': additional properties 'spanMetrics' not allowed",
      "error valid-preset v.yaml:10: helm refuses to install the chart: at '/presets': additional properties 'spanMetrics' not allowed",
    ],
    [
      'the chart itself',
      'execution error at (otel-integration/charts/opentelemetry-agent/templates/NOTES.txt:9:1): [ERROR] not so',
      'error valid-sub-chart-value v.yaml:5: helm refuses to install the chart: [ERROR] not so',
    ],
  ])('is why it refuses values: %s', (_, reason, expected) => {
    const values = agent({ replicaCount: 2, presets: { spanMetrics: on } });
    expect(findings(values)).toEqual([]);
    expect(findings(values, refuses(reason))).toEqual([expected]);
  });

  test('is that it accepts values that the built-in model refuses', () => {
    const refused = agent({ presets: { hostmetrics: on } });
    const accepts: ChartRenderer = (request) => modelAsHelm({ ...request, values: agent({}) });
    expect(findings(refused)).toHaveLength(1);
    expect(findings(refused, accepts)).toEqual([]);
  });

  test('is a version that the built-in model does not know', () => {
    const values = agent({ presets: { spanMetrics: off } });
    const older: ChartRenderer = (request) => {
      const result = modelAsHelm({ ...request, version: '0.0.331' });
      return result.kind === 'unavailable' ? result : { ...result, chart: { ...usedChart, version: '0.0.300' } };
    };
    expect(findings(values, older)).toEqual(findings(values));
  });
});
