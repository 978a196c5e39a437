import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSpanSample } from '../../../lib/forecast/sample/read-span-sample.ts';
import { PodhostError } from '../../../lib/problems/podhost-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const textAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** Spans of one resource as OTLP writes them. */
const traces = (resource: Readonly<Record<string, string>>, ...spans: object[]) => ({
  resourceSpans: [{ resource: { attributes: textAttributes(resource) }, scopeSpans: [{ spans }] }],
});

function sampleOf(text: string) {
  const file = join(temporaryFolder(), 'spans.json');
  writeFileSync(file, text);
  return readSpanSample(file);
}

describe('a sample', () => {
  const api = traces({ 'service.name': 'api' }, { name: 'a', kind: 2 }, { name: 'a', kind: 2 });

  test('is one object, or one a line as the collector writes them', () => {
    const lines = [api, api].map((one) => JSON.stringify(one));
    for (const text of [JSON.stringify(api), JSON.stringify(api, null, 2), `\ufeff${lines.join('\r\n')}\n`]) {
      expect(sampleOf(text).services.get('api')?.spans).toHaveLength(1);
    }
    expect(sampleOf(lines.join('\n')).spanCount).toBe(4);
  });

  test('has kinds and statuses by number or by name, and values of every type as text', () => {
    const values = [
      { intValue: '200' },
      { intValue: 7 },
      { boolValue: true },
      { doubleValue: 1.5 },
      { stringValue: 'x' },
    ];
    const attributes = values.map((value, index) => ({ key: `k${index}`, value }));
    const { services } = sampleOf(
      JSON.stringify(
        traces(
          { 'service.name': 'api' },
          { name: 'a', kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR' } },
          { name: 'b', kind: 5, status: { code: 1, message: 'fine' }, attributes },
          { name: 'c', status: {} },
        ),
      ),
    );
    const [a, b, c] = services.get('api')?.spans ?? [];
    expect([a?.kind, a?.status, b?.kind, b?.status, c?.kind, c?.status]).toEqual([
      'CLIENT',
      'ERROR',
      'CONSUMER',
      'OK',
      'UNSPECIFIED',
      'UNSET',
    ]);
    expect(b?.attributes).toMatchObject({ k0: '200', k1: '7', k2: 'true', k3: '1.5', k4: 'x' });
  });

  test('tells the transaction of each span: the first of its service in the trace', () => {
    const span = (spanId: string, parentSpanId: string, kind: number, name: string) => ({
      traceId: 't',
      spanId,
      parentSpanId,
      kind,
      name,
    });
    const spans = [
      span('1', '0', 2, 'GET /a'),
      span('2', '1', 1, 'load'),
      span('3', '2', 3, 'SELECT'),
      span('4', '3', 2, 'GET /own'),
      span('5', '5', 1, 'its own parent'),
    ];
    const shapes =
      sampleOf(JSON.stringify(traces({ 'service.name': 'api' }, ...spans))).services.get('api')?.spans ?? [];
    expect(
      shapes.map(({ name, attributes }) => [
        name,
        attributes['podhost.transaction'],
        attributes['podhost.transaction.root'],
      ]),
    ).toEqual([
      ['GET /a', 'GET /a', 'true'],
      ['load', 'GET /a', 'false'],
      ['SELECT', 'GET /a', 'false'],
      ['GET /own', 'GET /own', 'true'],
      ['its own parent', 'its own parent', 'true'],
    ]);
  });

  test('tells the processes of a pod', () => {
    const process = (pod: string, instance: string) =>
      JSON.stringify(
        traces({ 'service.name': 'api', 'k8s.pod.uid': pod, 'service.instance.id': instance }, { name: 'a' }),
      );
    const lines = [process('1', 'x'), process('1', 'y'), process('1', 'y'), process('2', 'z')];
    expect(sampleOf(lines.join('\n')).services.get('api')?.processes).toBe(2);
    expect(
      sampleOf(JSON.stringify(traces({ 'service.name': 'api' }, { name: 'a' }))).services.get('api')?.processes,
    ).toBe(1);
  });

  test('without service.name is not counted, as the collector does not count it', () => {
    expect([...sampleOf(JSON.stringify(traces({}, { name: 'a' }))).services]).toEqual([]);
  });
});

describe('a file that is none', () => {
  const suggestion = 'write: {"resourceSpans": […]}, one object or one a line, as the collector’s exporter `file` does';
  const good = JSON.stringify(traces({ 'service.name': 'api' }, { name: 'a' }));

  test.each([
    ['is no JSON', 'hello', 1, 'is no JSON'],
    ['breaks off in a line', `${good}\n\n{"resourceSpans": [`, 3, 'is no JSON'],
    [
      'is another kind of JSON',
      '{"data": []}',
      1,
      'is no OTLP: resourceSpans: Invalid input: expected array, received undefined',
    ],
    ['is a list', '[]', 1, 'is no OTLP: the whole: Invalid input: expected object, received array'],
    [
      'has a span without name in a line',
      `${good}\n{"resourceSpans": [{"scopeSpans": [{"spans": [{}]}]}]}`,
      2,
      'is no OTLP: resourceSpans[0].scopeSpans[0].spans[0].name: Invalid input: expected string, received undefined',
    ],
    ['is empty', '', 1, 'is no JSON'],
    ['holds no span', '{"resourceSpans": []}', 1, 'holds no span'],
  ])('because it %s is refused with the line', (_, text, line, message) => {
    const refuse = () => sampleOf(text);
    expect(refuse).toThrow(PodhostError);
    try {
      refuse();
    } catch (error) {
      const [problem] = error instanceof PodhostError ? error.problems : [];
      expect(problem).toMatchObject({ code: 'forecast/no-spans', place: { line, column: 1 }, suggestion });
      expect(problem?.message.endsWith(` ${message}`)).toBe(true);
    }
  });

  test('because it is not there is named', () => {
    expect(() => readSpanSample('none.json')).toThrow(/^none\.json does not exist/);
  });
});
