import { expect, test } from 'vitest';
import { tracedContainers } from '../../lib/forecast/traced-container.ts';
import { modelOf } from '../model/support/model-of.ts';
import { application, collector, type SmallSystemProps, settings, smallSystem } from '../model/support/small-system.ts';

/** Containers by name, with the collector that counts their spans. */
const counting = (props: SmallSystemProps) =>
  tracedContainers(modelOf(smallSystem(props))).map(({ container, collector: found }) => [
    container.name,
    found?.title,
  ]);

test('the collector behind the endpoint counts', () => {
  expect(counting({})).toEqual([['app', 'DaemonSet agent']]);
});

test.each(['acme/temporal-worker:1', 'jaegertracing/example-hotrod:1'])('%s is counted', (image) => {
  expect(counting({ container: { image } })).toEqual([['app', 'DaemonSet agent']]);
});

test('a service that is switched off is not counted, and that is said', () => {
  const model = modelOf(smallSystem({ env: { OTEL_SDK_DISABLED: 'true' } }));
  expect(tracedContainers(model)).toMatchObject([
    { collector: undefined, reason: 'OTEL_SDK_DISABLED is true: it sends no spans' },
  ]);
});

test.each([
  ['resource', { attributes: [{ key: 'service.name', action: 'delete' }] }, false],
  ['redaction', { allowed_keys: ['k8s.pod.name', 'k8s.node.name'] }, false],
  ['attributes', { actions: [{ key: 'service.name', action: 'delete' }] }, true],
])(
  'a processor %s that deletes service.name keeps spans from being counted where it changes the resource',
  (id, own, isCounted) => {
    const processors = ['k8sattributes', id];
    const [traced] = tracedContainers(modelOf(smallSystem({ processors, settings: { ...settings, [id]: own } })));
    expect(traced?.collector !== undefined).toBe(isCounted);
    expect(traced?.reason).toBe(
      isCounted ? undefined : 'it is broken at spanmetrics: spanmetrics does not count the span',
    );
  },
);

const localhost = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' };

test('on the network of the node, localhost leads to the agent there', () => {
  const onNode = { hostNetwork: true };
  expect(counting({ env: localhost, pod: onNode, collectorPod: onNode })).toEqual([['app', 'DaemonSet agent']]);
  expect(counting({ env: localhost })).toEqual([['app', undefined]]);
});

test('beside the application, a collector counts and is not counted', () => {
  const [configuration] = collector({}, 'sidecar');
  const props: SmallSystemProps = {
    env: localhost,
    namespace: 'otel',
    pod: { volumes: [{ name: 'config', configMap: { name: 'sidecar' } }] },
    containers: [{ name: 'otelcol', image: 'otelcol:1' }],
    more: configuration === undefined ? [] : [configuration],
  };
  expect(counting(props)).toEqual([['app', 'Deployment api']]);
});

test('behind collectors that only pass spans on, the first that counts is found', () => {
  const relay = {
    exporters: ['otlp'],
    exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
  };
  const more = collector({ processors: ['k8sattributes'] }, 'gateway');
  const [traced] = tracedContainers(modelOf(smallSystem({ ...relay, more })));
  expect(traced?.collector?.title).toBe('DaemonSet gateway');
  expect(traced?.relays.map(({ title }) => title)).toEqual(['DaemonSet agent']);
  const without = collector({ exporters: ['coralogix'] }, 'gateway');
  const [withoutProvider] = tracedContainers(modelOf(smallSystem({ ...relay, more: without })));
  expect(withoutProvider?.reason).toBe('DaemonSet agent and DaemonSet gateway make no span metrics');
});

test('of services that are alike, one whose sampler or endpoint differs is found', () => {
  const alike = (name: string, more: SmallSystemProps['env'] = {}) =>
    application({ name, env: { OTEL_SERVICE_NAME: name, ...more } });
  const more = [
    alike('b'),
    alike('c', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' }),
    alike('d', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent.otel:9999' }),
    alike('e'),
  ];
  const traced = tracedContainers(modelOf(smallSystem({ more })));
  expect(traced.map(({ service, collector: found, reason }) => [service, found?.title, reason])).toEqual([
    ['api', 'DaemonSet agent', undefined],
    ['b', 'DaemonSet agent', undefined],
    ['c', 'DaemonSet agent', expect.stringContaining('its SDK')],
    ['d', undefined, expect.any(String)],
    ['e', 'DaemonSet agent', undefined],
  ]);
});

test.each([
  [
    'an endpoint of another shape',
    { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'agent.otel:4317' } },
    'it is broken at SDK: sends to agent.otel:4317 by grpc',
  ],
  [
    'a key that is missing',
    {
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: { configMapKeyRef: { name: 'data', key: 'A' } } },
      more: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'data', namespace: 'shop' }, data: { b: 'c' } }],
    },
    'it is broken at SDK: has no endpoint: ConfigMap data has no key A',
  ],
  [
    'a name that its resolver does not know',
    { pod: { dnsPolicy: 'Default' } },
    'it is broken at address: the pod does not resolve http://agent.otel:4317',
  ],
])('a service with %s is not counted', (_, props, reason) => {
  expect(tracedContainers(modelOf(smallSystem(props)))).toMatchObject([{ collector: undefined, reason }]);
});
