import { describe, expect, test } from 'vitest';
import { collectorDefaults } from '../../../lib/chart/defaults/collector-defaults.ts';
import { withValues } from '../../../lib/chart/merge.ts';
import {
  between,
  either,
  integer,
  keys,
  listOf,
  mapOf,
  oneOf,
  type Shape,
  switched,
  text,
  toggle,
} from '../../../lib/chart/schema/shape.ts';
import { shapeProblems } from '../../../lib/chart/schema/shape-problems.ts';
import { collectorSubChart } from '../../../lib/chart/schema/sub-chart.ts';
import { collectorAliases } from '../../../lib/chart/schema/umbrella.ts';
import { subCharts } from '../../../lib/chart/sub-chart.ts';
import { helmValues } from '../../../lib/chart/values/helm-values.ts';

const shape = switched(
  { nested: keys({ name: text }) },
  { interval: text, rule: listOf(keys({}, { a: text }, { required: ['a'] })) },
);

const problems = (value: unknown, of: Shape = shape) => shapeProblems(value, of);

describe('what a schema refuses', () => {
  test.each<[unknown, object]>([
    [{ enable: true }, { kind: 'unknown-key', path: ['enable'] }],
    [{ nested: { name: 1 } }, { kind: 'wrong-value', path: ['nested', 'name'], expected: 'text' }],
    [{ interval: null }, { kind: 'null', path: ['interval'] }],
    [{ rule: [{ a: 'x' }, {}] }, { kind: 'missing-key', path: ['rule', 1], keys: ['a'] }],
    [{ rule: [{ a: null }] }, { kind: 'null', path: ['rule', 0, 'a'] }],
    [{ rule: [null] }, { kind: 'null', path: ['rule', 0] }],
    ['x', { kind: 'wrong-value', path: [], expected: 'a mapping' }],
  ])('is in %j', (value, problem) => {
    expect(problems(value)).toEqual([expect.objectContaining(problem)]);
  });

  test.each<[Shape, unknown, unknown, string]>([
    [text, 'x', 1, 'text'],
    [toggle, true, 'true', 'true or false'],
    [toggle, 'yes', 1, 'true or false'],
    [integer, 2.0, 2.5, 'a whole number'],
    [between(0, 100), 100, 101, 'a number from 0 to 100'],
    [between(0, 100), 0, -1, 'a number from 0 to 100'],
    [oneOf('a', ''), '', 'c', 'one of a, ""'],
    [listOf(text), [], {}, 'a list'],
    [mapOf(text), {}, [], 'a mapping'],
    [either(text, integer), 1, true, 'text or a whole number'],
  ])('by its kind: %j', (of, good, bad, expected) => {
    expect(problems(good, of)).toEqual([]);
    expect(problems(bad, of)).toEqual([{ kind: 'wrong-value', path: [], value: bad, expected }]);
  });

  test('is a required key that null takes away, and a choice that is not made', () => {
    const required = keys({ create: toggle }, {}, { required: ['create'] });
    expect(problems({}, required)).toEqual([]);
    expect(problems({ create: null }, required)).toMatchObject([{ kind: 'missing-key', keys: ['create'] }]);
    const choice = keys({}, { a: text, b: text }, { exactlyOne: ['a', 'b'] });
    expect(problems({ a: 'x' }, choice)).toEqual([]);
    expect(problems({ a: 'x', b: 'y' }, choice)).toMatchObject([{ kind: 'not-exactly-one' }]);
  });

  test('is a key of the user’s own that is not complete, and not one of the chart’s', () => {
    const ports = mapOf(keys({}, { enabled: toggle, port: integer }, { required: ['enabled'] }), ['otlp']);
    expect(problems({ otlp: { port: 1 } }, ports)).toEqual([]);
    expect(problems({ own: { port: 1 } }, ports)).toMatchObject([{ kind: 'missing-key', path: ['own'] }]);
  });

  test('is nothing that another tool fills in before helm reads it, nor what null takes away', () => {
    expect(problems({ enabled: '{{ .Values.on }}', interval: '${INTERVAL}', nested: '$(NESTED)' })).toEqual([]);
    expect(problems({ enabled: null, nested: null })).toEqual([]);
  });

  test('is nothing in a mapping that takes any key, but for those it knows', () => {
    const open = keys({ enabled: toggle }, {}, { open: true });
    expect(problems({ other: 1 }, open)).toEqual([]);
    expect(problems({ enabled: 1 }, open)).toHaveLength(1);
  });
});

describe('the names of the chart', () => {
  test('are those of the sub-charts that the model knows', () => {
    expect([...collectorAliases].sort()).toEqual(subCharts.map(({ alias }) => alias).sort());
  });

  test.each(subCharts.map(({ alias, defaults }) => [alias, defaults] as const))(
    'take what the chart has for %s',
    (_, defaults) => {
      const values = withValues(collectorDefaults, defaults);
      expect(problems({ ...values, config: {} }, collectorSubChart)).toEqual([]);
    },
  );

  test('take the values of this project', () => {
    const values = helmValues({
      domain: 'eu2.coralogix.com',
      clusterName: 'shop',
      environment: 'production',
      provider: 'on-prem',
      dimensions: ['k8s.pod.name'],
      loadBalancing: { enabled: true, policies: [{ name: 'all', type: 'always_sample' }] },
    });
    const { global: _, ...ofSubCharts } = values;
    expect(Object.values(ofSubCharts).flatMap((entry) => problems(entry, collectorSubChart))).toEqual([]);
  });
});
