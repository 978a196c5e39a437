import { expect, test } from 'vitest';
import { explainService } from '../../../lib/explain/explain-service.ts';
import { tracedContainers } from '../../../lib/forecast/traced-container.ts';
import { annotationValue } from '../../../lib/model/operator/selection.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { collectorResource, counting, file, namespaceOf, oven, passing, reportedOf, sendingTo } from './support.ts';

const inject = 'sidecar.opentelemetry.io/inject';
const env = sendingTo('http://localhost:4317');
const gateway = collectorResource('gate', 'telemetry', { config: counting });
const sidecar = (name = 'beside', namespace = 'bakery', mode = 'sidecar') =>
  collectorResource(name, namespace, { mode, config: passing('gate-collector.telemetry:4317') });

const unreachable = 'error require-reachable-host-port';

test.each([
  ['its pod asks for the only one', [sidecar(), oven({ env, annotations: { [inject]: 'true' } })]],
  ['its namespace asks for it', [namespaceOf({ [inject]: 'true' }), sidecar(), oven({ env })]],
  ['its pod names it', [sidecar(), sidecar('other'), oven({ env, annotations: { [inject]: 'beside' } })]],
  ['its pod names it in another namespace', [sidecar('x', 'pans'), oven({ env, annotations: { [inject]: 'pans/x' } })]],
  [
    'its namespace names it and its pod says true',
    [namespaceOf({ [inject]: 'other' }), sidecar(), sidecar('other'), oven({ env, annotations: { [inject]: 'true' } })],
  ],
])('localhost leads to the sidecar of a workload when %s', (_, objects) => {
  expect(reportedOf(...objects, gateway)).toEqual([]);
  const model = readModel([{ file: 'app.yaml', text: file(...objects, gateway) }]);
  const hops = explainService(model, 'oven')?.hops ?? [];
  expect(hops.filter(({ status }) => status === 'broken')).toEqual([]);
  expect(hops.find(({ name }) => name === 'processors')).toMatchObject({ status: 'ok' });
  expect(tracedContainers(model)).toMatchObject([
    { service: 'oven', collector: { title: 'OpenTelemetryCollector gate' } },
  ]);
});

test.each([
  [
    'its pod refuses it',
    [sidecar(), namespaceOf({ [inject]: 'true' }), oven({ env, annotations: { [inject]: 'false' } })],
  ],
  ['two fit', [sidecar(), sidecar('other'), oven({ env, annotations: { [inject]: 'true' } })]],
  [
    'what it names is no sidecar',
    [sidecar('beside', 'bakery', 'deployment'), oven({ env, annotations: { [inject]: 'beside' } })],
  ],
  ['nothing asks for it', [sidecar(), oven({ env })]],
])('the operator adds no sidecar when %s', (_, objects) => {
  expect(reportedOf(gateway, ...objects)).toContain(unreachable);
});

test.each([
  ['true', [oven({ env, annotations: { [inject]: 'true' } })]],
  ['a name', [sidecar(), oven({ env, annotations: { [inject]: 'elsewhere' } })]],
])('where the sidecar that %s selects was not read, nothing is claimed', (_, objects) => {
  expect(reportedOf(gateway, ...objects).filter((entry) => entry.startsWith('error'))).toEqual([]);
});

test('k8sattributes of a sidecar finds no pod by the connection, which comes from localhost', () => {
  const own = collectorResource('beside', 'bakery', { mode: 'sidecar', config: counting });
  const text = file(own, oven({ env, annotations: { [inject]: 'true' } }));
  const hops = explainService(readModel([{ file: 'app.yaml', text }]), 'oven')?.hops;
  expect(hops?.find(({ name }) => name === 'processors')).toMatchObject({ status: 'broken' });
});

test.each([
  [undefined, undefined, undefined],
  ['true', undefined, 'true'],
  [undefined, 'name', 'name'],
  ['false', 'true', undefined],
  ['true', 'name', 'name'],
  ['true', 'false', 'true'],
  ['other', 'name', 'other'],
  ['False', 'name', undefined],
])('an annotation that is %s on the pod and %s on the namespace counts as %s', (pod, namespace, expected) => {
  expect(annotationValue(pod, namespace)).toBe(expected);
});
