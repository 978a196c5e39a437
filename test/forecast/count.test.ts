import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countSeries, countSource } from '../../lib/forecast/count.ts';
import type { SpanSource } from '../../lib/forecast/label-sets.ts';
import type { SpanShape } from '../../lib/forecast/span-shape.ts';
import type { Dimension } from '../../lib/pipeline/dimensions.ts';
import { tries } from '../support/tries.ts';
import { counter, dimensions, resource, source, span } from './support.ts';

describe('a label set', () => {
  test('is one of calls, and of duration each bucket, that for +Inf, the sum and the count', () => {
    expect(countSeries(counter(), [source()])).toEqual({ labelSets: 4, calls: 4, duration: 20 });
  });

  test('of an exponential histogram is one, and of none nothing', () => {
    expect(countSeries(counter({ bounds: undefined }), [source()]).duration).toBe(4);
    expect(countSeries(counter({ hasDuration: false }), [source()]).duration).toBe(0);
    expect(countSeries(counter({}, { withoutBuckets: true }), [source()]).duration).toBe(8);
  });

  test('is not made by a service without pods', () => {
    expect(countSeries(counter(), [source({ pods: 0 })]).labelSets).toBe(0);
  });

  test('of one node is shared by its pods, of one process by none', () => {
    const of = (name: string) =>
      countSeries(counter(), [source({ pods: 6, nodes: 3, processes: 4, resourceAt: () => resource(name) })]);
    expect(['os.type', 'host.name', 'k8s.pod.uid', 'process.pid'].map((name) => of(name).labelSets)).toEqual([
      2, 6, 12, 48,
    ]);
  });

  test('has only the dimensions that its spans carry', () => {
    const spans = [
      span('a', { attributes: { x: '1', other: '1' } }),
      span('a', { attributes: { x: '1', other: '2' } }),
    ];
    expect(countSeries(counter({ dimensions: dimensions('x', 'y') }), [source({ spans })]).labelSets).toBe(2);
  });

  test('takes the default of a dimension for its value', () => {
    const spans = [span('a'), span('a', { attributes: { x: 'none' } })];
    const withDefault: Dimension = { name: 'x', origin: 'connector-config', fallback: 'none' };
    expect(countSeries(counter({ dimensions: dimensions('x') }), [source({ spans })]).labelSets).toBe(4);
    expect(countSeries(counter({ dimensions: [withDefault] }), [source({ spans })]).labelSets).toBe(2);
  });

  test('may have more dimensions in one metric than in the other', () => {
    const spans = [span('a', { attributes: { x: '1' } }), span('a', { attributes: { x: '2' } })];
    expect(countSeries(counter({ callsDimensions: dimensions('x') }), [source({ spans })])).toMatchObject({
      calls: 4,
      duration: 10,
    });
  });

  test('is told apart by the attributes that are named, and by the collector that saw the resource first', () => {
    const all = source({ pods: 6, nodes: 3, resourceAt: () => resource('k8s.pod.name', 'service.version') });
    expect(countSeries(counter({ resourceKey: ['service.version'] }), [all]).labelSets).toBe(6);
  });
});

/** A system so small that its label sets can be listed. */
const systems = fc.record({
  dimensions: fc.uniqueArray(fc.constantFrom('a', 'b', 'k8s.pod.name', 'host.name', 'env'), { maxLength: 4 }),
  always: fc.subarray(['service.name', 'span.name', 'span.kind', 'status.code', 'collector.instance.id']),
  services: fc.array(
    fc.record({
      service: fc.constantFrom('one', 'two', 'three'),
      pods: fc.integer({ min: 0, max: 4 }),
      processes: fc.integer({ min: 1, max: 2 }),
      resource: fc.subarray(['k8s.pod.name', 'host.name', 'process.pid', 'env']),
      env: fc.constantFrom('1', '2'),
      spans: fc.array(
        fc.record({
          name: fc.constantFrom('x', 'y'),
          status: fc.constantFrom('UNSET' as const, 'ERROR' as const),
          a: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
          b: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
          env: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
        }),
        { maxLength: 5 },
      ),
    }),
    { maxLength: 4 },
  ),
  nodes: fc.integer({ min: 1, max: 3 }),
});
type System = typeof systems extends fc.Arbitrary<infer Value> ? Value : never;

const sourcesOf = ({ services, nodes }: System): SpanSource[] =>
  services.map(({ service, pods, processes, resource: names, env, spans }) => ({
    service,
    pods,
    processes,
    nodes,
    resourceAt: () =>
      new Map(
        [...resource(...names)].map(([name, label]) => [name, name === 'env' ? { ...label, value: env } : label]),
      ),
    spans: spans.map(
      ({ name, status, ...values }): SpanShape =>
        span(name, {
          status,
          attributes: Object.fromEntries(
            Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
          ),
        }),
    ),
  }));

/** Makes every span of every process, and lists what the connector would tell apart. */
function listed(system: System): number {
  const labelSets = new Set<string>();
  for (const [index, { service, pods, processes, nodes, resourceAt, spans }] of sourcesOf(system).entries()) {
    for (let pod = 0; pod < pods; pod += 1) {
      for (let process = 0; process < processes; process += 1) {
        const node = `node ${pod % nodes}`;
        const values: Readonly<Record<string, string>> = {
          'k8s.pod.name': `${index} ${pod}`,
          'host.name': node,
          'process.pid': `${index} ${pod} ${process}`,
        };
        const own = [...resourceAt(counter())].map(([name, { value }]): [string, string] => [
          name,
          values[name] ?? value,
        ]);
        for (const { name, kind, status, attributes } of spans) {
          const fixed: Readonly<Record<string, string>> = {
            'service.name': service,
            'span.name': name,
            'span.kind': kind,
            'status.code': status,
            'collector.instance.id': node,
          };
          const point = [
            ...system.always.map((label) => [label, fixed[label] ?? '']),
            ...system.dimensions.flatMap((label) => {
              const value = attributes[label] ?? new Map(own).get(label);
              return value === undefined ? [] : [[label, value]];
            }),
          ];
          labelSets.add(JSON.stringify([[...own].sort(), point]));
        }
      }
    }
  }
  return labelSets.size;
}

const countOf = (system: System): number =>
  countSeries(counter({ dimensions: dimensions(...system.dimensions), always: system.always }), sourcesOf(system))
    .labelSets;

describe('for every small system', () => {
  test('the count is that of the label sets, one by one', () => {
    const isListed = (system: System) => {
      expect(countOf(system)).toBe(listed(system));
    };
    fc.assert(fc.property(systems, isListed), tries(1_000));
  });

  test('the count of one source is that of a list with it alone', () => {
    fc.assert(
      fc.property(systems, ({ dimensions: [first = 'a', ...others], ...system }) => {
        const settings = { callsDimensions: dimensions(first), durationDimensions: dimensions(...others) };
        const agent = counter({ ...settings, always: system.always });
        for (const each of sourcesOf({ ...system, dimensions: [] })) {
          expect(countSource(agent, each)).toEqual(countSeries(agent, [each]));
        }
      }),
    );
  });

  test('a dimension more never makes fewer', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const fewer = { ...system, dimensions: system.dimensions.slice(1) };
        expect(countOf(system)).toBeGreaterThanOrEqual(countOf(fewer));
      }),
    );
  });

  test('all services together make no more than each alone', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const alone = system.services.map((service) => countOf({ ...system, services: [service] }));
        expect(countOf(system)).toBeLessThanOrEqual(alone.reduce((sum, count) => sum + count, 0));
      }),
    );
  });
});
