import { expect, test } from 'vitest';
import { ServiceObjectives, type ServiceObjectivesProps } from '../../lib/constructs/service-objectives.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { synthesized } from '../support/synthesized.ts';

const props: Required<ServiceObjectivesProps> = {
  service: 'api',
  namespace: 'shop',
  partOf: 'demo',
  availabilityPercent: '99.9',
  latency: { within: '1s', percent: '95' },
  timeFrame: '7d',
  burnRate: 14,
  priority: 'p2',
};

const objects = (changed: Partial<ServiceObjectivesProps> = {}) =>
  synthesized((chart) => {
    new ServiceObjectives(chart, 'Objectives', { ...props, ...changed });
  });

test('a promise is an SLO and an alert that watches it', () => {
  expect(objects().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'SLO api-availability',
    'Alert api-availability',
    'SLO api-latency',
    'Alert api-latency',
  ]);
});

test('availability counts the requests of the service that did not fail', () => {
  expect(toYaml(objects()[0])).toMatchInlineSnapshot(`
    "apiVersion: coralogix.com/v1alpha1
    kind: SLO
    metadata:
      name: api-availability
      labels:
        app.kubernetes.io/instance: demo
        app.kubernetes.io/managed-by: cdk8s-podhost
        app.kubernetes.io/name: api-availability
        app.kubernetes.io/part-of: demo
    spec:
      name: api-availability
      description: "api: 99.9 % of requests do not fail"
      sliType:
        requestBasedMetric:
          goodEvents:
            query: sum(rate(calls_total{service_name="api", k8s_namespace_name="shop", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER", status_code!="STATUS_CODE_ERROR"}[5m]))
          totalEvents:
            query: sum(rate(calls_total{service_name="api", k8s_namespace_name="shop", span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}[5m]))
      targetThresholdPercentage: "99.9"
      window:
        timeFrame: 7d
    "
  `);
});

test('latency counts the requests up to the bucket, in milliseconds', () => {
  expect(objects()[2]).toMatchObject({
    spec: {
      sliType: {
        requestBasedMetric: {
          goodEvents: { query: expect.stringMatching(/duration_ms_bucket\{.*le="1000"\}/) },
          totalEvents: { query: expect.stringMatching(/duration_ms_count\{/) },
        },
      },
      targetThresholdPercentage: '95',
    },
  });
});

test('without a promise of latency there is none', () => {
  expect(objects({ latency: undefined }).map(({ metadata }) => metadata.name)).toEqual([
    'api-availability',
    'api-availability',
  ]);
});
