import { expect, test } from 'vitest';
import { cloudDetectors, detectedAttributes } from '../../../lib/model/enrichment/detected.ts';
import { agentOf, chartModel } from '../support/chart.ts';
import { first, modelOf } from '../support/model-of.ts';
import { smallSystem } from '../support/small-system.ts';

function detectedBy(resourcedetection: object, env: object[] = [], others: object[] = []) {
  const containers = [{ name: 'otelcol', image: 'otelcol:1', env }, ...others];
  const model = modelOf(
    smallSystem({ processors: ['resourcedetection'], settings: { resourcedetection }, collectorPod: { containers } }),
  );
  const collector = first(model.collectors);
  const found = detectedAttributes({ model, workload: first(model.workloads) }, collector, 'resourcedetection');
  return {
    values: Object.fromEntries(found),
    names: found.map(([name]) => name),
    clouds: cloudDetectors(collector, 'resourcedetection'),
  };
}

test.each([
  [{ detectors: ['system'] }, ['host.name', 'os.type']],
  [
    {
      detectors: ['system'],
      system: { resource_attributes: { 'host.id': { enabled: true }, 'os.type': { enabled: false } } },
    },
    ['host.name', 'host.id'],
  ],
  [{ detectors: ['k8snode'] }, ['k8s.node.name', 'k8s.node.uid']],
  [{ detectors: ['k8s_api'] }, ['k8s.node.name', 'k8s.node.uid']],
  [{ detectors: 'system' }, []],
])('%j', (settings, names) => {
  expect(detectedBy(settings)).toMatchObject({ names, clouds: [] });
});

const attributes = (value: string, name = 'OTEL_RESOURCE_ATTRIBUTES') => ({ name, value });

test.each([{ detectors: ['env'] }, {}])('env, which %j asks, reads the variables of the collector', (settings) => {
  const env = [attributes('deployment.environment.name=production')];
  expect(detectedBy(settings, env)).toMatchObject({ names: ['deployment.environment.name'], clouds: [] });
});

test('env reads neither the name of the service nor the variables of other containers', () => {
  const env = [attributes('a=b'), attributes('agent', 'OTEL_SERVICE_NAME')];
  const other = { name: 'reloader', image: 'reloader:1', env: [attributes('c=d')] };
  expect(detectedBy({}, env, [other]).values).toEqual({ a: 'b' });
});

test('env reads OTEL_RESOURCE where there is nothing else', () => {
  const deprecated = attributes('a=b', 'OTEL_RESOURCE');
  expect(detectedBy({}, [deprecated]).values).toEqual({ a: 'b' });
  expect(detectedBy({}, [attributes(' '), deprecated]).values).toEqual({ a: 'b' });
  expect(detectedBy({}, [attributes('c=d'), deprecated]).values).toEqual({ c: 'd' });
});

const fields = ['metadata.name', 'metadata.namespace', 'status.podIP', 'spec.nodeName'];
const ofFields = [
  ...fields.map((fieldPath, index) => ({ name: `FIELD_${index}`, valueFrom: { fieldRef: { fieldPath } } })),
  attributes(fields.map((_, index) => `${index}=$(FIELD_${index})`).join()),
];

test('what env says of the pod is about the pod of the collector', () => {
  expect(detectedBy({}, ofFields).values).toEqual({
    0: '<metadata.name of the collector>',
    1: 'otel',
    2: '<status.podIP of the collector>',
    3: '<spec.nodeName>',
  });
});

test('beside the application, the pod of the collector is that of the application', () => {
  const model = modelOf(smallSystem({ collectorPod: { containers: [{ image: 'otelcol:1', env: ofFields }] } }));
  const workload = first(model.workloads.filter(({ name }) => name === 'agent'));
  const found = detectedAttributes({ model, workload }, first(model.collectors), 'resourcedetection');
  expect(found[0]).toEqual(['0', '<metadata.name>']);
});

test('env of the chart names the node and the environment', () => {
  const collector = agentOf({ provider: 'on-prem', presets: { resourceDetection: { detectors: { env: ['env'] } } } });
  const origin = { model: chartModel({}), workload: first(modelOf(smallSystem()).workloads) };
  expect(detectedAttributes(origin, collector, 'resourcedetection/env')).toEqual([
    ['k8s.node.name', '<spec.nodeName>'],
    ['deployment.environment.name', 'k3s'],
  ]);
});

test('clouds are told apart, for what they say is not known', () => {
  expect(detectedBy({ detectors: ['gcp', 'system', 'ec2'] })).toMatchObject({ clouds: ['gcp', 'ec2'] });
});
