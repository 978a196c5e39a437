import { expect, test } from 'vitest';
import { explained, explainedSmall } from '../../explain/support/explained.ts';
import { connector, type SmallSystemProps, smallSystem } from '../support/small-system.ts';

const labelsWith = (props: SmallSystemProps) =>
  Object.fromEntries(
    (explainedSmall(props).series?.labels ?? []).map(({ name, value, from }) => [name, value ?? `(${from})`]),
  );

test('labels are those of every series, the dimensions, and all of the resource', () => {
  const dimensions = [{ name: 'http.route' }, { name: 'k8s.pod.name' }, { name: 'tenant', default: 'none' }];
  expect(labelsWith({ connector: { ...connector, dimensions } })).toEqual({
    service_name: 'api',
    span_name: "(the span's name)",
    span_kind: "(the span's kind, e.g. SPAN_KIND_SERVER)",
    status_code: '(STATUS_CODE_UNSET, _OK or _ERROR)',
    collector_instance_id: '(the collector, anew at every start)',
    http_route: "(the span's http.route, where it has one)",
    k8s_pod_name: '<metadata.name>',
    tenant: "(the span's tenant, else none)",
    k8s_pod_ip: '<status.podIP>',
    telemetry_sdk_language: '(the SDK itself)',
    telemetry_sdk_name: '(the SDK itself)',
    telemetry_sdk_version: '(the SDK itself)',
    service_instance_id: '(some SDKs, anew at every start)',
    k8s_namespace_name: 'shop',
    k8s_deployment_name: 'api',
    k8s_node_name: '<spec.nodeName>',
  });
});

test('labels that the connector excludes are left out', () => {
  const labels = labelsWith({ connector: { ...connector, exclude_dimensions: ['collector.instance.id'] } });
  expect(labels).not.toHaveProperty('collector_instance_id');
});

test('labels hold nothing that the pipeline of the metrics would look up by the connection of the pod', () => {
  const env = {
    NODE: { fieldRef: { fieldPath: 'spec.nodeName' } },
    OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE)',
  };
  const props = { env, processors: ['memory_limiter'] };
  // The pipeline of the metrics comes after that of the traces.
  const text = smallSystem(props).replace(/(\n +)metrics:(?=\n)/, '$1metrics:$1  processors: [k8sattributes]');
  const labels = (explained(text).series?.labels ?? []).map(({ name }) => name);
  expect(text).toContain('processors: [k8sattributes]');
  expect(labels).toContain('k8s_pod_name');
  expect(labels).not.toContain('k8s_deployment_name');
});

test('a label names what added its attribute', () => {
  const labels = explainedSmall({}).series?.labels ?? [];
  expect(labels.find(({ name }) => name === 'k8s_node_name')?.from).toBe('k8sattributes');
  expect(labels.find(({ name }) => name === 'k8s_pod_ip')?.from).toBe('the SDK');
});

test('buckets are in the unit of the histogram', () => {
  expect(explainedSmall({}).series).toMatchObject({ calls: 'calls_total', buckets: ['10', '1000', '+Inf'] });
  const usual = explainedSmall({ connector: { namespace: '' } }).series?.buckets;
  expect(usual).toHaveLength(17);
  expect(usual?.slice(-3)).toEqual(['10000', '15000', '+Inf']);
  const exponential = { namespace: '', histogram: { exponential: {} } };
  expect(explainedSmall({ connector: exponential }).series?.buckets).toEqual([]);
});
