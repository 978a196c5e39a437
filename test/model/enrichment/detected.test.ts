import { expect, test } from 'vitest';
import { cloudDetectors, detectedAttributes } from '../../../lib/model/enrichment/detected.ts';
import { agentOf, chartModel } from '../support/chart.ts';
import { first, modelOf } from '../support/model-of.ts';
import { smallSystem } from '../support/small-system.ts';

function detectedBy(resourcedetection: object, env: object[] = []) {
  const containers = [{ name: 'otelcol', image: 'otelcol:1', env }];
  const model = modelOf(
    smallSystem({ processors: ['resourcedetection'], settings: { resourcedetection }, collectorPod: { containers } }),
  );
  const collector = first(model.collectors);
  return {
    names: detectedAttributes(model, collector, 'resourcedetection').map(([name]) => name),
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
  [{ detectors: 'system' }, []],
])('%j', (settings, names) => {
  expect(detectedBy(settings)).toEqual({ names, clouds: [] });
});

test('env reads the variables of the collector', () => {
  const env = [{ name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'deployment.environment.name=production' }];
  expect(detectedBy({ detectors: ['env'] }, env).names).toEqual(['deployment.environment.name']);
});

test('env of the chart says the node', () => {
  const collector = agentOf({ provider: 'on-prem', presets: { resourceDetection: { detectors: { env: ['env'] } } } });
  expect(detectedAttributes(chartModel({}), collector, 'resourcedetection/env')).toEqual([
    ['k8s.node.name', '<spec.nodeName>'],
  ]);
});

test('clouds are told apart, for what they say is not known', () => {
  expect(detectedBy({ detectors: ['gcp', 'system', 'ec2'] })).toMatchObject({ clouds: ['gcp', 'ec2'] });
});
