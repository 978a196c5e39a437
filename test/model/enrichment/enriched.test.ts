import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enrich, enriched } from '../../../lib/model/enrichment/enriched.ts';
import type { Peer } from '../../../lib/model/enrichment/pod-lookup.ts';
import { sdkAttributes } from '../../../lib/model/enrichment/sdk-attributes.ts';
import { spanOrigin } from '../../../lib/model/enrichment/span-origin.ts';
import { applicationContainers } from '../../../lib/model/spans/instrumentation.ts';
import { first, modelOf } from '../support/model-of.ts';
import { type SmallSystemProps, smallSystem, application as workloadOf } from '../support/small-system.ts';

const relayed: Peer = { kind: 'collector', title: 'the agent' };

/** The resource of the spans of the small system behind some processors of its collector. */
function through(processors: readonly string[], props: SmallSystemProps, peer: Peer = { kind: 'pod' }) {
  const model = modelOf(smallSystem({ ...props, processors }));
  const application = first(applicationContainers(model).filter(({ workload }) => workload.name === 'api'));
  const origin = spanOrigin(model, application);
  const before = sdkAttributes(origin);
  const last = first(enriched(origin, first(model.collectors), processors, before, peer).slice(-1));
  expect([...before]).toEqual([...sdkAttributes(origin)]);
  // The same in place.
  enrich(origin, first(model.collectors), processors, before, peer);
  expect([...before]).toEqual([...last.resource]);
  return last;
}

const withoutProvider = { env: { OTEL_RESOURCE_ATTRIBUTES: undefined } };

test('the pod is found by the address of the connection while it is that of the pod', () => {
  expect(through(['k8sattributes'], withoutProvider).lookup?.status).toBe('ok');
  expect(through(['k8sattributes'], withoutProvider, relayed).lookup?.status).toBe('broken');
});

test.each(['batch', 'groupbytrace', 'group_by_trace', 'tail_sampling'])(
  'behind %s the connection is forgotten',
  (id) => {
    expect(through([id, 'k8sattributes'], withoutProvider).lookup?.status).toBe('broken');
  },
);

test('processors that change the resource do so one after the other', () => {
  const settings = {
    k8sattributes: {},
    resource: { attributes: [{ key: 'team', value: 'shop', action: 'insert' }] },
    redaction: { allowed_keys: ['team', 'k8s.pod.name', 'host.name'] },
    transform: { trace_statements: ['set(resource.attributes["owner"], resource.attributes["team"])'] },
    resourcedetection: { detectors: ['system'], override: false },
    'resourcedetection/over': { detectors: ['system'] },
  };
  const { resource } = through(Object.keys(settings), { ...withoutProvider, settings });
  expect([...resource].map(([name, { from }]) => `${name} (${from})`)).toEqual([
    'k8s.pod.name (k8sattributes)',
    'team (resource)',
    'owner (transform)',
    'host.name (resourcedetection/over)',
    'os.type (resourcedetection/over)',
  ]);
});

describe('the address of the connection', () => {
  const addressWith = (k8sattributes: object, props: SmallSystemProps = {}, peer?: Peer) =>
    through(['k8sattributes'], { ...withoutProvider, ...props, settings: { k8sattributes } }, peer).resource.get(
      'k8s.pod.ip',
    )?.value;

  test('is written down where the metadata list it, whether there is a pod by it or not', () => {
    const listing = { extract: { metadata: ['k8s.pod.ip'] } };
    expect(addressWith({})).toBeUndefined();
    expect(addressWith({ extract: { metadata: ['k8s.pod.name'] } })).toBeUndefined();
    expect(addressWith(listing)).toBe('<status.podIP>');
    expect(addressWith(listing, { pod: { hostNetwork: true } })).toBe('<status.podIP>');
  });

  test('is written down in passthrough, and nothing else is', () => {
    const passthrough = { passthrough: true };
    expect(addressWith(passthrough)).toBe('<status.podIP>');
    expect(addressWith(passthrough, {}, relayed)).toBeUndefined();
    const { resource, lookup } = through(['k8sattributes'], {
      ...withoutProvider,
      settings: { k8sattributes: passthrough },
    });
    expect([lookup?.status, resource.has('k8s.pod.name')]).toEqual(['broken', false]);
  });
});

test('the name of the service of a collector is not that of what it detects', () => {
  const env = [{ name: 'OTEL_SERVICE_NAME', value: 'agent' }];
  const collectorPod = { containers: [{ name: 'otelcol', image: 'otelcol:1', env }] };
  const settings = { resourcedetection: { detectors: ['env'] } };
  const { resource } = through(['resourcedetection'], { collectorPod, settings });
  expect(resource.get('service.name')).toEqual({ value: 'api', from: 'the SDK' });
});

test.each([
  [{}, 'resourcedetection'],
  [{ override: true }, 'resourcedetection'],
  [{ override: true }, 'resource_detection'],
  [{ override: false }, 'the SDK'],
])('with %j the name of the host is what %s says', (settings, from) => {
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'host.name=$(POD_NAME)' };
  const id = from === 'the SDK' ? 'resourcedetection' : from;
  const { resource } = through([id], { env, settings: { [id]: { detectors: ['system'], ...settings } } });
  expect(resource.get('host.name')?.from).toBe(from);
});

test('of several detectors the first decides', () => {
  const env = [{ name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'k8s.node.name=node-of-env' }];
  const collectorPod = { containers: [{ name: 'otelcol', image: 'otelcol:1', env }] };
  const resourcedetection = { detectors: ['env', 'k8snode'] };
  const { resource } = through(['resourcedetection'], { collectorPod, settings: { resourcedetection } });
  expect(resource.get('k8s.node.name')?.value).toBe('node-of-env');
});

describe('processors whose settings were read for another workload', () => {
  const settings = {
    k8sattributes: {
      extract: { metadata: ['k8s.deployment.name', 'k8s.job.name', 'k8s.pod.ip'], labels: [{ tag_name: 'team' }] },
      exclude: { pods: [{ name: '^web-' }, { name: 'jaeger-agent' }] },
      filter: { labels: [{ key: 'app', op: 'exists' }] },
      pod_association: [
        { sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] },
        { sources: [{ from: 'connection' }] },
      ],
    },
    'k8sattributes/usual': {},
    'k8sattributes/passthrough': { passthrough: true },
  };
  const workloads = fc.record({
    name: fc.constantFrom('api', 'web', 'jaeger-agent'),
    kind: fc.constantFrom('Deployment', 'Job', 'StatefulSet'),
    metadata: fc.constantFrom({}, { labels: { team: 'shop' } }),
    env: fc.constantFrom({}, { OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.uid=1' }, { OTEL_RESOURCE_ATTRIBUTES: 'a=b' }),
  });

  test('change the resource as they do for the first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(workloads, { selector: ({ name }) => name }), (all) => {
        const processors = Object.keys(settings);
        const more = all.map((props) => workloadOf({ ...props, namespace: 'more' }));
        const model = modelOf(smallSystem({ settings, processors, more }));
        const shared = first(model.collectors);
        const resources = (collectorOf: () => typeof shared) =>
          applicationContainers(model).map((application) => {
            const origin = spanOrigin(model, application);
            return enriched(origin, collectorOf(), processors, sdkAttributes(origin), { kind: 'pod' });
          });
        const unread = () => ({ ...shared, config: structuredClone(shared.config) });
        expect(resources(() => shared)).toEqual(resources(unread));
      }),
    );
  });
});
