import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alikeSource } from '../../lib/forecast/alike-source.ts';
import { setsOfOneResource } from '../../lib/forecast/count.ts';
import type { ResourceLabels } from '../../lib/forecast/label.ts';
import { labelCosts } from '../../lib/forecast/label-costs.ts';
import { labelSets, type SpanSource } from '../../lib/forecast/label-sets.ts';
import { tries } from '../support/tries.ts';
import { counter, dimensions, source, span } from './support.ts';

const labels = (values: Readonly<Record<string, string>>): ResourceLabels =>
  new Map(Object.entries(values).map(([name, value]) => [name, { scope: 'service', value }]));

const spans = [span('a', { attributes: { env: 'production' } }), span('a')];

const withResource = (values: Readonly<Record<string, string>>, more: Partial<SpanSource> = {}) =>
  source({ spans, resourceAt: () => labels(values), ...more });

test('services with the same spans are alike, however they are called', () => {
  const agent = counter({ dimensions: dimensions('env') });
  const first = withResource({ 'service.name': 'one' }, { service: 'one' });
  expect(alikeSource(agent, first)).toBe(first);
  expect(alikeSource(agent, withResource({ 'service.name': 'two' }, { service: 'two', pods: 7 }))).toBe(first);
});

test('services are not alike where a value of the one is that of its spans', () => {
  const agent = counter({ dimensions: dimensions('env') });
  const sources = ['production', 'staging'].map((env) => withResource({ env }));
  expect(sources.map((each) => alikeSource(agent, each))).toEqual(sources);
  expect(sources.map((each) => setsOfOneResource(agent, each))).toEqual([1, 2]);
});

test('services with other attributes or other spans are not alike', () => {
  const agent = counter();
  const sources = [
    withResource({ env: 'x' }),
    withResource({ team: 'x' }),
    withResource({ env: 'x' }, { spans: [span('a')] }),
  ];
  expect(sources.map((each) => alikeSource(agent, each))).toEqual(sources);
});

const shapes = fc.array(
  fc.record({
    name: fc.constantFrom('x', 'y'),
    attributes: fc.dictionary(fc.constantFrom('a', 'env', 'team'), fc.constantFrom('1', '2'), { maxKeys: 3 }),
  }),
  { maxLength: 4 },
);

/** Services of few kinds, so that many are alike. */
const systems = fc.record({
  dimensions: fc.uniqueArray(fc.constantFrom('a', 'env', 'team', 'k8s.pod.name'), { maxLength: 4 }),
  spans: fc.array(shapes, { minLength: 1, maxLength: 2 }),
  services: fc.array(
    fc.record({
      kind: fc.nat(1),
      pods: fc.integer({ min: 1, max: 3 }),
      resource: fc.dictionary(fc.constantFrom('env', 'team'), fc.constantFrom('1', '2'), { maxKeys: 2 }),
      pod: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
});
type System = typeof systems extends fc.Arbitrary<infer Value> ? Value : never;

/** @param marked whether each has an attribute of its own, so that none is like another */
function sourcesOf(system: System, marked: boolean): SpanSource[] {
  const kinds = system.spans.map((list) => list.map(({ name, attributes }) => span(name, { attributes })));
  return system.services.map(({ kind, pods, resource, pod }, index) => {
    const own: ResourceLabels = new Map([
      ...labels({ ...resource, ...(marked && { [`mark-${index}`]: '' }) }),
      ...(pod ? [['k8s.pod.name', { scope: 'pod', value: '' }] as const] : []),
    ]);
    return source({ service: `s${index}`, pods, spans: kinds[kind % kinds.length] ?? [], resourceAt: () => own });
  });
}

test('of every small system, what is counted once for services that are alike is what each of them has', () => {
  const isSame = (system: System) => {
    const agent = counter({ dimensions: dimensions(...system.dimensions) });
    const sources = sourcesOf(system, false);
    for (const each of sources) {
      expect(setsOfOneResource(agent, each)).toBe(labelSets(agent, each, 'calls').scopes.size);
    }
    const { free, ...costs } = labelCosts([{ counters: [agent], sources }]);
    const { free: freeApart, ...costsApart } = labelCosts([{ counters: [agent], sources: sourcesOf(system, true) }]);
    expect(costs).toEqual(costsApart);
    expect(free).toEqual(freeApart.filter((name) => !name.startsWith('mark-')));
  };
  fc.assert(fc.property(systems, isSame), tries(500));
});
