import { describe, expect, test } from 'vitest';
import { umbrellaValues } from '../../../lib/chart/coalesce.ts';
import { collectorDefaults } from '../../../lib/chart/defaults/collector.ts';
import {
  between,
  choiceOf,
  either,
  exactlyOneOf,
  integerShape,
  keys,
  listOf,
  listOrNull,
  mapOf,
  type Shape,
  switched,
  textOrInteger,
  textShape,
  toggle,
} from '../../../lib/chart/schema/shape.ts';
import { collectorSubChart } from '../../../lib/chart/schema/sub-chart.ts';
import { collectorAliases } from '../../../lib/chart/schema/umbrella.ts';
import { validate } from '../../../lib/chart/schema/validate.ts';
import { helmValues } from '../../../lib/chart/values/helm-values.ts';

const shape = switched({
  nested: keys({ name: textShape }),
  interval: textShape,
  rule: listOf(keys({ a: textShape }, { required: ['a'] })),
});

describe('what a schema refuses', () => {
  test.each<[unknown, object, string]>([
    [{ enable: true }, { kind: 'unknown-key', path: ['enable'] }, '(root): Additional property enable is not allowed'],
    [
      { nested: { name: 1 } },
      { kind: 'wrong-value', path: ['nested', 'name'], expected: 'text' },
      'nested.name: Invalid type. Expected: string, given: integer',
    ],
    [
      { interval: null },
      { kind: 'wrong-value', path: ['interval'], value: null },
      'interval: Invalid type. Expected: string, given: null',
    ],
    [{ rule: [{ a: 'x' }, {}] }, { kind: 'missing-key', path: ['rule', 1], keys: ['a'] }, 'rule.1: a is required'],
    [{ rule: [3] }, { kind: 'wrong-value' }, 'rule.0: Invalid type. Expected: object, given: integer'],
    ['x', { kind: 'wrong-value', path: [] }, '(root): Invalid type. Expected: object, given: string'],
  ])('is in %j, in the words of helm', (value, problem, reason) => {
    expect(validate(value, shape)).toEqual([expect.objectContaining({ ...problem, reasons: [reason] })]);
  });

  test.each<[Shape, unknown, unknown, string, string]>([
    [textShape, 'x', 1, 'text', 'Invalid type. Expected: string, given: integer'],
    [toggle, true, 'yes', 'true or false', 'Invalid type. Expected: boolean, given: string'],
    [integerShape, 2.0, 2.5, 'a whole number', 'Invalid type. Expected: integer, given: number'],
    [between(0, 100), 100, 101, 'a number from 0 to 100', 'Must be less than or equal to 100'],
    [between(0, 100), 0, -1, 'a number from 0 to 100', 'Must be greater than or equal to 0'],
    [choiceOf('a', ''), '', 'c', 'one of a, ""', '(root) must be one of the following: "a", ""'],
    [listOf(textShape), [], {}, 'a list', 'Invalid type. Expected: array, given: object'],
    [listOrNull(textShape), null, 'x', 'a list', 'Invalid type. Expected: [array,null], given: string'],
    [mapOf(textShape), {}, [], 'a mapping', 'Invalid type. Expected: object, given: array'],
    [textOrInteger, 1, true, 'text or a whole number', 'Invalid type. Expected: [string,integer], given: boolean'],
  ])('by its kind: %j', (of, good, bad, expected, reason) => {
    expect(validate(good, of)).toEqual([]);
    expect(validate(bad, of)).toMatchObject([{ kind: 'wrong-value', expected, reasons: [`(root): ${reason}`] }]);
  });

  test.each<[Shape, unknown, readonly string[]]>([
    [
      either(textShape, integerShape),
      true,
      ['Must validate at least one schema (anyOf)', 'Invalid type. Expected: string, given: boolean'],
    ],
    [
      either(toggle, choiceOf('auto')),
      'on',
      ['Must validate at least one schema (anyOf)', '(root) must be one of the following: "auto"'],
    ],
    [
      exactlyOneOf(textShape, keys({ a: textShape }, { required: ['a'] })),
      {},
      ['Must validate one and only one schema (oneOf)', 'a is required'],
    ],
  ])('in none of several: %j', (of, value, reasons) => {
    expect(validate(value, of).flatMap((problem) => problem.reasons)).toEqual(
      reasons.map((reason) => `(root): ${reason}`),
    );
  });

  test('is a choice that is not made, or made twice', () => {
    const choice = keys({ a: textShape, b: textShape }, { exactlyOne: ['a', 'b'] });
    const rule = '(root): Must validate one and only one schema (oneOf)';
    expect(validate({ a: 'x' }, choice)).toEqual([]);
    expect(validate({ a: 'x', b: 'y' }, choice)).toMatchObject([{ kind: 'not-exactly-one', reasons: [rule] }]);
    expect(validate({}, choice)).toMatchObject([{ reasons: [rule, '(root): a is required'] }]);
  });

  test('is nothing in a mapping that takes any key, but for those it knows', () => {
    const open = keys({ enabled: toggle }, { open: true, untyped: true });
    expect(validate({ other: 1 }, open)).toEqual([]);
    expect(validate('text', open)).toEqual([]);
    expect(validate({ enabled: 1 }, open)).toHaveLength(1);
  });
});

describe('the schema of the sub-charts', () => {
  test('takes what the chart has itself', () => {
    expect(validate(collectorDefaults, collectorSubChart)).toEqual([]);
  });

  test.each(collectorAliases)('takes what the chart has for %s', (alias) => {
    const { subCharts } = umbrellaValues({ [alias]: { enabled: true } });
    expect(validate(subCharts.get(alias), collectorSubChart)).toEqual([]);
  });

  test('takes the values of this project', () => {
    const values = helmValues({
      domain: 'eu2.coralogix.com',
      clusterName: 'shop',
      environment: 'production',
      provider: 'on-prem',
      dimensions: ['k8s.pod.name'],
      loadBalancing: { enabled: true, policies: [{ name: 'all', type: 'always_sample' }] },
    });
    const { global: _, ...ofSubCharts } = values;
    for (const alias of Object.keys(ofSubCharts)) {
      expect(validate(umbrellaValues({ ...values }).subCharts.get(alias), collectorSubChart)).toEqual([]);
    }
  });
});
