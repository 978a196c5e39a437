import { describe, expect, test } from 'vitest';
import { type Peer, podLookup } from '../../../lib/model/enrichment/pod-lookup.ts';
import { spanOrigin } from '../../../lib/model/enrichment/span-origin.ts';
import { applicationContainers } from '../../../lib/model/spans/instrumentation.ts';
import { first, modelOf } from '../support/model-of.ts';
import { type SmallSystemProps, smallSystem } from '../support/small-system.ts';

type Values = Readonly<Record<string, string | undefined>>;

interface Lookup {
  readonly settings?: object;
  readonly attributes?: Values;
  readonly props?: SmallSystemProps;
  readonly peer?: Peer;
}

const relayed: Peer = { kind: 'collector', title: 'the agent' };

/** Whether the pod of the small system is found by what the span says. */
function found({ settings = {}, attributes = {}, props = {}, peer = { kind: 'pod' } }: Lookup) {
  const model = modelOf(smallSystem(props));
  const said = Object.entries(attributes).map(([name, value]) => [name, { value, from: 'a test' }] as const);
  const config = { processors: { k8sattributes: settings } };
  return podLookup(
    config,
    'k8sattributes',
    new Map(said),
    spanOrigin(model, first(applicationContainers(model))),
    peer,
  );
}

/** One association by attributes, and by the connection where it is called so. */
const by = (...names: readonly string[]) => ({
  sources: names.map((name) => (name === 'connection' ? { from: name } : { from: 'resource_attribute', name })),
});

const statusBy = (names: readonly string[], attributes: Values, props: SmallSystemProps = {}) =>
  found({ settings: { pod_association: [by(...names)] }, attributes, props }).status;

const podName = '<metadata.name>';

describe('an association', () => {
  test.each<[string, string | undefined, string]>([
    ['k8s.pod.uid', '<metadata.uid>', 'ok'],
    ['k8s.pod.uid', '<metadata.uid of the collector>', 'broken'],
    ['k8s.pod.ip', '<status.podIP>', 'ok'],
    ['k8s.pod.ip', '<status.podIP of the collector>', 'broken'],
    ['k8s.pod.ip', '', 'broken'],
    ['service.instance.id', undefined, 'unknown'],
    ['service.instance.id', 'one', 'unknown'],
    ['k8s.job.name', undefined, 'unknown'],
    ['host.name', '<status.podIP>', 'ok'],
    ['host.name', '10.1.2.3', 'broken'],
    ['host.name', '<secret a/b>', 'unknown'],
  ])('by %s where it is %s is %s', (name, value, status) => {
    expect(statusBy([name], { [name]: value })).toBe(status);
  });

  test('by the name of a Job is known, and of a Pod that names itself', () => {
    expect(statusBy(['k8s.job.name'], { 'k8s.job.name': 'api' }, { kind: 'Job' })).toBe('ok');
    expect(statusBy(['k8s.job.name'], { 'k8s.job.name': 'api' })).toBe('unknown');
  });

  test('compares every source', () => {
    const names = ['k8s.namespace.name', 'k8s.pod.name'];
    const status = (namespace: string, pod?: string) =>
      statusBy(names, { 'k8s.namespace.name': namespace, 'k8s.pod.name': pod });
    expect(status('shop', podName)).toBe('ok');
    expect(status('shop', 'api-0')).toBe('broken');
    expect(status('otel', podName)).toBe('broken');
    expect(status('shop', undefined)).toBe('unknown');
    expect(statusBy(['connection', 'k8s.pod.name'], { 'k8s.pod.name': 'api-0' })).toBe('broken');
  });

  test('is passed over where the span lacks a source, or its host.name is no address', () => {
    const passed = (first: readonly string[], attributes: Values) =>
      found({ settings: { pod_association: [by(...first), by('connection')] }, attributes }).byConnection;
    expect(passed(['k8s.pod.name', 'k8s.pod.uid'], { 'k8s.pod.name': podName })).toBe(true);
    expect(passed(['host.name'], { 'host.name': undefined })).toBe(true);
    expect(passed(['host.name'], { 'host.name': podName })).toBe(true);
    expect(passed(['host.name'], { 'host.name': '10.1.2.3' })).toBe(false);
  });
});

describe('without an association', () => {
  test('the address that the span says comes first, then the connection, then a host that is an address', () => {
    expect(found({ attributes: { 'k8s.pod.ip': '10.1.2.3' } }).status).toBe('broken');
    expect(found({ attributes: { ip: '10.1.2.3' } }).status).toBe('broken');
    expect(found({ attributes: { 'host.name': '10.1.2.3' } })).toMatchObject({ status: 'ok', byConnection: true });
    expect(found({ attributes: { 'host.name': '10.1.2.3' }, peer: relayed }).reason).toContain('10.1.2.3');
    expect(found({ attributes: { 'k8s.pod.ip': '<status.podIP>' }, peer: relayed }).status).toBe('ok');
    expect(found({ attributes: { 'k8s.pod.uid': '<metadata.uid>' }, peer: relayed }).status).toBe('broken');
  });
});

test('in passthrough the address of the connection is known, and nothing is looked up', () => {
  const settings = { passthrough: true };
  expect(found({ settings })).toMatchObject({ status: 'broken', byConnection: true });
  expect(found({ settings, attributes: { 'k8s.pod.ip': '<status.podIP>' } }).byConnection).toBe(false);
});
