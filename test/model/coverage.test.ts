import { expect, test } from 'vitest';
import { coverageDetails, coverageLine, coverageOf } from '../../lib/model/coverage.ts';
import { modelOf } from './support/model-of.ts';
import { documents } from './support/pod.ts';
import { smallSystem } from './support/small-system.ts';

const workload = (name: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } } },
});
const custom = { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'one' } };

test('counts what was judged, and names what was not', () => {
  const more = [workload('cart', 'shop/cart:1'), workload('redis', 'redis:7'), workload('other', 'otelcol:1'), custom];
  const coverage = coverageOf(modelOf(documents(smallSystem({ more }), 'neither: this\nnor: that\n')));
  expect(coverage).toEqual({
    workloads: { judged: 1, configured: 1, notInstrumented: ['Deployment cart'] },
    collectors: { understood: 1, notUnderstood: ['Deployment other'] },
    notUnderstood: [
      { kind: 'Widget', names: ['one'] },
      { kind: 'file', names: ['app.yaml'] },
    ],
  });
  expect(coverageLine(coverage)).toBe(
    'coverage: 1 workload judged, 1 configured with OTLP, 1 not instrumented; 1 collector understood, 1 not; not understood: 1 Widget, 1 file',
  );
  expect(coverageDetails(coverage)).toEqual([
    'not instrumented: Deployment cart',
    'collectors not understood: Deployment other',
    'not understood, Widget: one',
    'not understood, file: app.yaml',
  ]);
});

const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'one' } });

test.each([
  ['traefik.io/v1alpha1', 'Middleware'],
  ['cert-manager.io/v1', 'Certificate'],
  ['external-secrets.io/v1', 'ClusterSecretStore'],
  ['source.toolkit.fluxcd.io/v1', 'HelmRepository'],
  ['argoproj.io/v1alpha1', 'AppProject'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
  ['coralogix.com/v1beta1', 'Alert'],
])('takes %s %s for understood, which has nothing to do with spans', (apiVersion, kind) => {
  expect(coverageOf(modelOf(smallSystem({ more: [object(apiVersion, kind)] }))).notUnderstood).toEqual([]);
});

test.each([
  ['monitoring.coreos.com/v1', 'Prometheus', 'which runs pods'],
  ['kyverno.io/v1', 'ClusterPolicy', 'which changes pods'],
  ['networking.istio.io/v1', 'Sidecar', 'which limits where pods send'],
])('takes %s %s for not understood, %s', (apiVersion, kind) => {
  expect(coverageOf(modelOf(smallSystem({ more: [object(apiVersion, kind)] }))).notUnderstood).toEqual([
    { kind, names: ['one'] },
  ]);
});
