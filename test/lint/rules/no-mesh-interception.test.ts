import { expect, test } from 'vitest';
import { noMeshInterception as rule } from '../../../lib/lint/rules/no-mesh-interception.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { deployment, documents, field, literal } from './support/manifests.ts';

const env = literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://agent.coralogix:4317');
const annotated = (annotations: string) => deployment({ env, metadata: `annotations: {${annotations}}` });
const namespace = (metadata: string, name = 'shop') =>
  `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  ${metadata}\n`;

test.each([
  ['linkerd.io/inject: enabled', 'Linkerd', 'config.linkerd.io/skip-outbound-ports'],
  ['sidecar.istio.io/inject: "true"', 'Istio', 'traffic.sidecar.istio.io/excludeOutboundPorts'],
])('reports pods with %s', (annotation, mesh, remedy) => {
  const text = documents(annotated(annotation), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'labels:\n        app: api')}`,
      message: `the proxy of ${mesh} in the pods of Deployment api stands between Deployment api and the collector, and the spans have neither k8s.pod.ip nor k8s.pod.uid`,
      suggestion: `add to the pods' annotations: ${remedy}: "4317,4318"`,
    },
  ]);
});

test.each([
  'annotations: {linkerd.io/inject: enabled}',
  'labels: {istio-injection: enabled}',
  'labels: {istio.io/rev: canary}',
])('reports a namespace with %s once, for all its pods', (metadata) => {
  const text = documents(namespace(metadata), deployment({ env }), deployment({ name: 'web', env }), agent());
  expect(report(rule, text)).toMatchObject([
    { at: 'app.yaml:4:9', message: expect.stringContaining('between Deployment api and Deployment web and') },
  ]);
});

test('reports the proxy beside a collector, once, before those beside the programs', () => {
  const meshed = agent({ metadata: 'annotations: {sidecar.istio.io/inject: "true"}' });
  const text = documents(annotated('sidecar.istio.io/inject: "true"'), deployment({ name: 'web', env }), meshed);
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'labels:\n        app: agent')}`,
      message:
        'the proxy of Istio in the pods of DaemonSet agent stands between Deployment api and Deployment web and the collector, and the spans have neither k8s.pod.ip nor k8s.pod.uid',
      suggestion:
        'add to the annotations of the senders\' pods: traffic.sidecar.istio.io/excludeOutboundPorts: "4317,4318"; or send k8s.pod.uid or k8s.pod.ip from the downward API; excludeInboundPorts of the collector alone breaks senders that speak mutual TLS',
    },
  ]);
});

const ip = field('IP', 'status.podIP') + literal('OTEL_RESOURCE_ATTRIBUTES', 'k8s.pod.ip=$(IP)');

test.each([
  [
    'ports that skip the proxy',
    [annotated('linkerd.io/inject: enabled, config.linkerd.io/skip-outbound-ports: "80,4317-4318"')],
  ],
  [
    'ports that the namespace skips',
    [
      namespace('annotations: {linkerd.io/inject: enabled, config.linkerd.io/skip-outbound-ports: "4317"}'),
      deployment({ env }),
    ],
  ],
  [
    'ports that Istio excludes',
    [annotated('sidecar.istio.io/inject: "true", traffic.sidecar.istio.io/excludeOutboundPorts: "4317"')],
  ],
  [
    'ports that Istio does not include',
    [annotated('sidecar.istio.io/inject: "true", traffic.sidecar.istio.io/includeOutboundPorts: "80"')],
  ],
  [
    'addresses that Istio excludes',
    [annotated('sidecar.istio.io/inject: "true", traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/8')],
  ],
  ['spans that say their pod', [deployment({ env: env + ip, metadata: 'annotations: {linkerd.io/inject: enabled}' })]],
  [
    'a pod that is left out of its namespace',
    [namespace('annotations: {linkerd.io/inject: enabled}'), annotated('linkerd.io/inject: disabled')],
  ],
  [
    'a pod on the network of its node',
    [deployment({ env, pod: 'hostNetwork: true', metadata: 'annotations: {linkerd.io/inject: enabled}' })],
  ],
  ['pods without a mesh', [namespace('labels: {team: shop}'), deployment({ env })]],
  ['pods that send no spans', [deployment({ metadata: 'annotations: {linkerd.io/inject: enabled}' })]],
])('does not report %s', (_, texts) => {
  expect(report(rule, documents(...texts, agent()))).toEqual([]);
});
