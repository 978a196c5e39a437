import fc from 'fast-check';
import type { Shape } from '../lib/chart/schema/shape.ts';
import type { Mapping } from '../lib/yaml/value.ts';

const pick = fc.constantFrom;
const dimension = pick(
  'http.method',
  'service.version',
  'k8s.pod.name',
  'http.response.status_code',
  'tenant',
  'rpc.grpc.status_code',
).map((name) => ({ name }));
const dimensions = fc.uniqueArray(dimension, { selector: ({ name }) => name, maxLength: 4 });
const statements = pick(
  [],
  ['set(span.attributes["a"], "b")'],
  ['set(span.attributes["c"], "{{ .Values.global.clusterName }}")'],
);
const texts: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  extraDimensions: dimensions,
  histogramBuckets: pick([], ['1ms', '1s']),
  defaultHistogramBuckets: pick(['1ms', '1s'], []),
  configs: pick([], [{ selector: 'route() where attributes["a"] == "b"', histogramBuckets: ['1s'] }]),
  transformStatements: statements,
  spanNameReplacePattern: pick(
    [],
    [{ regex: 'user-[0-9]+', replacement: 'user' }],
    [{ regex: '\\d+', replacement: '{id}' }],
  ),
  endpoint: pick('collector:4317', 'http://collector.other:4317'),
  hostname: pick('coralogix-opentelemetry-gateway', ''),
  routingKey: pick('traceID', 'service', ''),
  regex: pick('a.*', '^b$'),
};
const anyText = pick('a', '30s', '5m', 'foo.bar', 'x-y');

/** A value that a schema accepts. */
export function valueOfShape(shape: Shape, name = ''): fc.Arbitrary<unknown> {
  const special = texts[name];
  if (special !== undefined) {
    return special;
  }
  switch (shape.kind) {
    case 'text':
      return anyText;
    case 'toggle':
      return fc.boolean();
    case 'integer':
      return pick(0, 1, 5, 4317, 10_000);
    case 'number':
      return fc.integer({ min: shape.least ?? 0, max: shape.most ?? 100 });
    case 'choice':
      return pick(...shape.values);
    case 'text-or-integer':
      return pick<unknown>('http', 8080);
    case 'list':
      return fc.array(valueOfShape(shape.item), { maxLength: 2 });
    case 'map':
      return pick<unknown>({}, { a: 'b' });
    case 'either':
      return fc.oneof(...shape.shapes.map((each) => valueOfShape(each)));
    case 'keys': {
      const required = [...shape.required, ...shape.exactlyOne.slice(0, 1)];
      const keys = Object.entries(shape.keys).filter(([key]) => !shape.exactlyOne.slice(1).includes(key));
      return fc
        .record(
          Object.fromEntries(
            keys.map(([key, inner]) => [key, key === 'enabled' ? pick(true, true, false) : valueOfShape(inner, key)]),
          ),
          { requiredKeys: required.filter((key) => Object.hasOwn(shape.keys, key)) },
        )
        .map((value) => withoutSome(value, required));
    }
    default:
      return pick<unknown>('a', { a: 'b' });
  }
}

/** People write few of the keys that there are. */
function withoutSome(value: object, required: readonly string[]): Mapping {
  const entries = Object.entries(value);
  const kept = entries.filter(
    ([key], index) => key === 'enabled' || required.includes(key) || index % 3 === entries.length % 3,
  );
  return Object.fromEntries(kept);
}
