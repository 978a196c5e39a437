import { describe, expect, test } from 'vitest';
import { coalesced, umbrellaValues } from '../../lib/chart/coalesce.ts';
import { type Path, valueAt } from '../../lib/yaml/value.ts';

describe('values over those of a chart', () => {
  const own = { map: { a: 1, b: { c: 2 } }, list: [1, 2], text: 'x' };

  test.each([
    [{}, own],
    [{ map: { a: null } }, { ...own, map: { b: { c: 2 } } }],
    [{ map: null }, { list: [1, 2], text: 'x' }],
    [{ map: { b: null, z: null } }, { ...own, map: { a: 1, z: null } }],
    [
      { map: 'text', list: [], text: { a: 1 } },
      { map: 'text', list: [], text: { a: 1 } },
    ],
    [
      { list: null, more: 1 },
      { map: own.map, text: 'x', more: 1 },
    ],
  ])('%j', (values, expected) => {
    expect(coalesced(values, own)).toEqual(expected);
  });

  test('keep a null for a later merge where that is wanted', () => {
    expect(coalesced({ map: null }, own, 'keep')).toEqual({ ...own, map: null });
  });
});

// What `helm template` of the chart 0.0.331 has in `.Values` for the same values.
describe('the values of a sub-chart', () => {
  const at = (values: Record<string, unknown>, ...path: Path) =>
    valueAt(umbrellaValues(values).subCharts.get('opentelemetry-agent'), ...path);

  test('are without what a null takes away, on every level', () => {
    expect(at({ 'opentelemetry-agent': { presets: null } }, 'presets')).toBeUndefined();
    expect(at({ 'opentelemetry-agent': { presets: { batch: null } } }, 'presets', 'batch')).toBeUndefined();
    expect(
      at({ 'opentelemetry-agent': { presets: { batch: { enabled: null } } } }, 'presets', 'batch'),
    ).not.toHaveProperty('enabled');
  });

  test('are those of the sub-chart alone, without those that otel-integration gives it, when they are null', () => {
    expect(at({}, 'hostNetwork')).toBe(true);
    expect(at({ 'opentelemetry-agent': null }, 'hostNetwork')).toBe(false);
  });

  test('have the globals of the chart, which win over their own', () => {
    const values = { global: { domain: 'a' }, 'opentelemetry-agent': { global: { domain: 'b', mine: 1 } } };
    expect(at(values, 'global')).toMatchObject({ domain: 'a', mine: 1 });
  });

  test('are none of a sub-chart that is off, and no mapping stops helm', () => {
    expect(at({ 'opentelemetry-agent': { enabled: false } })).toBeUndefined();
    expect(umbrellaValues({ 'opentelemetry-agent': 7 }).mismatch).toEqual({ alias: 'opentelemetry-agent', value: 7 });
  });
});
