import { expect, test } from 'vitest';
import { enriched } from '../../../lib/model/enrichment/enriched.ts';
import { sdkAttributes } from '../../../lib/model/enrichment/sdk-attributes.ts';
import { spanOrigin } from '../../../lib/model/enrichment/span-origin.ts';
import { first, modelOf } from '../support/model-of.ts';
import { type SmallSystemProps, smallSystem } from '../support/small-system.ts';

/** The resource of the spans of the small system behind some processors of its collector. */
function through(processors: readonly string[], props: SmallSystemProps, isFirst = true) {
  const model = modelOf(smallSystem({ ...props, processors }));
  const workload = first(model.workloads.filter(({ name }) => name === 'api'));
  const origin = spanOrigin(model, workload, first(workload.containers));
  return first(enriched(origin, first(model.collectors), processors, sdkAttributes(origin), isFirst).slice(-1));
}

const untold = { env: { OTEL_RESOURCE_ATTRIBUTES: undefined } };

test('the pod is found by the address of the connection while it is that of the pod', () => {
  expect(through(['k8sattributes'], untold).resource.get('k8s.pod.ip')?.value).toBe('<status.podIP>');
  expect(through(['batch', 'k8sattributes'], untold).lookup?.status).toBe('broken');
  expect(through(['k8sattributes'], untold, false).lookup?.status).toBe('broken');
});

test.each([
  [{}, 'resourcedetection'],
  [{ override: true }, 'resourcedetection'],
  [{ override: false }, 'the SDK'],
])('with %j the name of the host is what %s says', (settings, from) => {
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'host.name=$(POD_NAME)' };
  const resourcedetection = { detectors: ['system'], ...settings };
  const { resource } = through(['resourcedetection'], { env, settings: { resourcedetection } });
  expect(resource.get('host.name')?.from).toBe(from);
});

test('of several detectors the first decides', () => {
  const env = [{ name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.node.name=node-of-env' }];
  const collectorPod = { containers: [{ name: 'otelcol', image: 'otelcol:1', env }] };
  const resourcedetection = { detectors: ['env', 'k8snode'] };
  const { resource } = through(['resourcedetection'], { collectorPod, settings: { resourcedetection } });
  expect(resource.get('k8s.node.name')?.value).toBe('node-of-env');
});
