import { describe, expect, test } from 'vitest';
import { effectsOf, withSanitizedName } from '../../../lib/forecast/collector/effect.ts';
import type { SpanShape } from '../../../lib/forecast/span-shape.ts';
import { agentOf } from '../../model/support/chart.ts';
import { span } from '../support.ts';

/** A span after a processor; undefined where it is dropped. */
const processed = (id: string, settings: unknown, given = span('a')) =>
  effectsOf({ processors: { [id]: settings } }, id).reduce<typeof given | undefined>(
    (current, effect) => current && effect(current),
    given,
  );

const statements = (...lines: string[]) => ({ trace_statements: [{ context: 'span', statements: lines }] });

describe('transform', () => {
  const given = span('a', { attributes: { old: '1' } });

  test('copies an attribute, where it is not there yet', () => {
    const copy = 'set(span.attributes["new"], span.attributes["old"])';
    const ifAbsent = `${copy} where span.attributes["new"] == nil and span.attributes["old"] != nil`;
    expect(processed('transform', statements(ifAbsent), given)?.attributes).toEqual({ old: '1', new: '1' });
    const both = span('a', { attributes: { old: '1', new: '2' } });
    expect(processed('transform', statements(ifAbsent), both)?.attributes).toEqual({ old: '1', new: '2' });
    expect(processed('transform', { trace_statements: [copy] }, both)?.attributes).toEqual({ old: '1', new: '1' });
    expect(processed('transform', statements(copy), span('a'))?.attributes).toEqual({});
  });

  test.each(['keep_keys(span.attributes, ["x"])', 'keep_keys(attributes, ["x"])'])(
    'keeps the attributes of the span that %s names',
    (keep) => {
      expect(processed('transform', statements(keep), given)?.attributes).toEqual({});
      const upper = { trace_statements: [{ context: 'SPAN', statements: [keep] }] };
      expect(processed('transform', upper, given)?.attributes).toEqual({});
    },
  );

  test.each(['resource', 'scope', 'spanevent'])(
    'leaves the attributes of the span alone in the context %s',
    (context) => {
      const statements = ['keep_keys(attributes, ["x"])', 'set(attributes["new"], attributes["old"])'];
      expect(processed('transform', { trace_statements: [{ context, statements }] }, given)).toEqual(given);
    },
  );

  test('leaves alone what a group does under conditions', () => {
    const group = { context: 'span', conditions: ['name == "b"'], statements: ['keep_keys(attributes, ["x"])'] };
    expect(processed('transform', { trace_statements: [group] }, given)).toEqual(given);
    expect(processed('transform', { trace_statements: [{ ...group, conditions: [] }] }, given)).not.toEqual(given);
  });

  test('changes nothing where it is not understood', () => {
    expect(processed('transform', statements('truncate_all(span.attributes, 9)'), given)).toEqual(given);
  });
});

describe('filter', () => {
  const database = span('q', { kind: 'CLIENT', attributes: { 'db.system': 'redis', 'db.namespace': '0' } });

  test.each([
    ['attributes["db.system"] == "redis"', false],
    ['attributes["db.system"] != "redis"', true],
    ['kind == SPAN_KIND_CLIENT and attributes["db.system"] != nil', false],
    ['IsMatch(name, "q")', true],
  ])('%s', (condition, isKept) => {
    expect(processed('filter', { traces: { span: [condition] } }, database) !== undefined).toBe(isKept);
  });
});

describe('the chart', () => {
  const database = span('q', { kind: 'CLIENT', attributes: { 'db.system': 'redis', 'db.namespace': '0' } });
  const { config } = agentOf({});
  const afterChart = (id: string, given: SpanShape) =>
    effectsOf(config, id).reduce<SpanShape | undefined>((current, effect) => current && effect(current), given);

  test('copies attributes to the names of older conventions', () => {
    const http = span('a', { attributes: { 'http.request.method': 'GET' } });
    expect(afterChart('transform/semconv', http)?.attributes).toMatchObject({ 'http.method': 'GET' });
  });

  test.each([
    ['filter/db_spanmetrics', span('a'), false],
    ['filter/db_spanmetrics', database, true],
    ['filter/db_compact_spanmetrics', database, true],
    ['filter/db_compact_spanmetrics', { ...database, kind: 'SERVER' as const }, false],
  ])('%s keeps the spans of databases: %j', (id, given, isKept) => {
    expect(afterChart(id, given) !== undefined).toBe(isKept);
  });
});

describe('coralogix', () => {
  const enabled = { transactions: { enabled: true } };

  test('says which transaction a span belongs to, and which begins it', () => {
    expect(processed('coralogix', enabled, span('GET /a'))?.attributes).toEqual({
      'cgx.transaction': 'GET /a',
      'cgx.transaction.root': 'true',
    });
    const client = span('SELECT', { kind: 'CLIENT', attributes: { 'podhost.transaction': 'GET /a' } });
    expect(processed('coralogix', enabled, client)?.attributes['cgx.transaction']).toBe('GET /a');
    expect(processed('coralogix', enabled, client)?.attributes['cgx.transaction.root']).toBeUndefined();
  });

  test('says nothing while transactions are off', () => {
    expect(processed('coralogix', {}, span('GET /a'))).toEqual(span('GET /a'));
  });
});

test('redaction takes identifiers out of names, unless it is told not to', () => {
  expect(processed('redaction', { url_sanitizer: { enabled: true } }, span('/a/17'))?.name).toBe('/a/*');
  expect(
    processed('redaction', { url_sanitizer: { enabled: true, sanitize_span_name: false } }, span('/a/17'))?.name,
  ).toBe('/a/17');
  expect(processed('redaction', {}, span('/a/17'))?.name).toBe('/a/17');
});

// What the collector's own library answers, where no word looks random to it.
test.each([
  ['/v1/products/22j', '/v1/products/*'],
  ['/products//org/3', '/products//org/*'],
  ['GET /orders/{id}', 'GET /orders/*'],
  ['GET /api/cart?sessionId=55f4e5ea', 'GET /api/cart'],
  ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/i'],
  ['/v1/k6-test-runs/1', '/v1/k6-test-runs/*'],
  ['/user_space/', '/user_space/'],
  ['/käse/brot', '/*/brot'],
  ['/w/index.php/*', '/w/index.php/*'],
])('%s is counted as %s', (name, sanitized) => {
  expect(withSanitizedName(span(name)).name).toBe(sanitized);
});

test.each([
  ['of another kind', span('job/17', { kind: 'INTERNAL' })],
  ['that is about no URL', span('task 17')],
  ['of which nothing would be left', span('/17')],
  ['that would be empty', span('/?', { name: '?/' })],
])('a name %s stays', (_, given) => {
  expect(withSanitizedName(given)).toEqual(given);
});

test('a name without a slash is one of a URL where the span is HTTP', () => {
  expect(withSanitizedName(span('GET v12', { attributes: { 'http.method': 'GET' } })).name).toBe('GET v12');
  expect(withSanitizedName(span('orders/v12', { kind: 'CLIENT' })).name).toBe('orders/*');
});
