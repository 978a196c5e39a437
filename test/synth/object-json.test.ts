import { readdirSync } from 'node:fs';
import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { patchObject } from '../../lib/constructs/patch.ts';
import { System } from '../../lib/constructs/system.ts';
import { objectJson } from '../../lib/synth/object-json.ts';
import { tries } from '../support/tries.ts';

/** What is written, order of the keys included, or why nothing is. */
function outcome(write: () => unknown): string {
  try {
    return JSON.stringify(write());
  } catch (error) {
    return String(error);
  }
}

function expectSame(object: ApiObject): void {
  expect(outcome(() => objectJson(object))).toBe(outcome(() => object.toJson()));
}

const environments = 'examples/environments';

const configs: readonly (readonly string[])[] = [
  ...readdirSync('config')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [`config/${name}`]),
  ...readdirSync(environments)
    .filter((name) => name.endsWith('.yaml') && name !== 'base.yaml')
    .map((name) => [`${environments}/base.yaml`, `${environments}/${name}`]),
];

test.each(configs.map((files) => [files.join(' and '), files] as const))(
  'every chart of %s is what cdk8s makes of it',
  (_, config) => {
    const app = new App();
    new System(app, 'System', loadSystem(config));
    const charts = app.node.findAll().filter((construct) => construct instanceof Chart);
    expect(charts.length).toBeGreaterThan(5);
    for (const chart of charts) {
      const objects = chart.node.findAll().filter((construct) => construct instanceof ApiObject);
      expect(JSON.stringify(objects.map(objectJson))).toBe(JSON.stringify(chart.toJson()));
    }
  },
);

const kinds = Object.keys(k8s).filter((name) => /^Kube(?!.*List$)/.test(name));

/** Names that the generated classes write otherwise, that are sorted otherwise, or that mean something to cdk8s. */
const keys = fc.constantFrom(
  ...'clusterIp externalIPs hostIpc podCidr nonResourceUrLs ipBlock nfs tls wwids targetWwNs'.split(' '),
  ...'spec data rules template containers ports port targetPort selector matchLabels metadata labels name'.split(' '),
  ...'A Z a_b value constructor toJSON 1 10 2 __proto__ kind annotations finalizers'.split(' '),
);

const leaf: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((value) => () => value),
  fc.constantFrom<() => unknown>(
    () => undefined,
    () => null,
    () => [],
    () => ({}),
    () => k8s.IntOrString.fromNumber(1),
    () => k8s.IntOrString.fromString('http'),
    () => k8s.Quantity.fromString('1Gi'),
    () => Lazy.any({ produce: () => ({ b: 1, a: [2] }) }),
    () => ({ resolve: () => ({ c: 'token' }) }),
    () => new Date(0),
    () => Object.create(null),
    () => [null],
    () => Number.NaN,
  ),
);

const { mapping } = fc.letrec<{ value: () => unknown; mapping: () => Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    tie('mapping'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => () => items.map((make) => make())),
  ),
  mapping: fc
    .array(fc.tuple(keys, tie('value')), { maxLength: 5 })
    .map((entries) => () => Object.fromEntries(entries.map(([key, make]) => [key, make()]))),
}));

/** Undefined when the class takes no such properties. */
function constructed(kind: string, args: readonly unknown[]): unknown {
  const of: unknown = Reflect.get(k8s, kind);
  try {
    return typeof of === 'function' ? Reflect.construct(of, args) : undefined;
  } catch {
    return undefined;
  }
}

test('an object of any generated class is what its toJson() returns, or fails as it does', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), mapping, mapping, (kind, props, metadata) => {
      const chart = new Chart(new App(), 'chart', { namespace: 'n', labels: { of: 'chart' } });
      const object = constructed(kind, [chart, 'id', { ...props(), metadata: metadata() }]);
      fc.pre(object instanceof ApiObject);
      expectSame(object);
    }),
    tries(2_000),
  );
});

const inChart = (app = new App()) => new Chart(app, 'chart');
const service = (chart = inChart()) => new k8s.KubeService(chart, 'id', { spec: { clusterIp: 'None', ports: [] } });

test('an object of a generated class is written without its toJson()', () => {
  const object = service();
  const toJson = vi.spyOn(ApiObject.prototype, 'toJson');
  expect(objectJson(object)).toMatchObject({ spec: { clusterIP: 'None' } });
  expect(toJson).not.toHaveBeenCalled();
  toJson.mockRestore();
});

test('an object with strategic merge patches is written without the toJson() of its class', () => {
  const object = service();
  patchObject(object, { spec: { ports: [{ port: 80 }], clusterIP: null } }, 'fields');
  patchObject(object, { spec: { type: 'NodePort' } }, 'part');
  expectSame(object);
  const toJson = vi.spyOn(ApiObject.prototype, 'toJson');
  expect(objectJson(object)).toMatchObject({ spec: { ports: [{ port: 80 }], type: 'NodePort' } });
  expect(toJson).not.toHaveBeenCalled();
  toJson.mockRestore();
});

test('an object that was changed before or after it was patched is asked itself', () => {
  const label = (object: ApiObject) => {
    const original: () => object = object.toJson.bind(object);
    object.toJson = () => ({ ...original(), label: 'x' });
  };
  const [before, after] = [service(), service()];
  label(before);
  patchObject(before, { spec: { type: 'NodePort' } }, 'fields');
  patchObject(after, { spec: { type: 'NodePort' } }, 'fields');
  label(after);
  for (const object of [before, after]) {
    expect(objectJson(object)).toMatchObject({ label: 'x', spec: { type: 'NodePort' } });
    expectSame(object);
  }
});

test('patches, resolvers, and a toJson() of the object or of its class are what cdk8s makes of them', () => {
  const patched = service();
  patched.addJsonPatch(JsonPatch.add('/spec/type', 'NodePort'));
  const resolvers = [
    {
      resolve: (context: { key: string[]; replaceValue(value: string): void }) => {
        if (context.key.at(-1) === 'clusterIp') {
          context.replaceValue('10.0.0.1');
        }
      },
    },
  ];
  class Marked extends k8s.KubeService {
    override toJson(): object {
      return { marked: true };
    }
  }
  class Derived extends k8s.KubeService {}
  const changed = service();
  Object.assign(changed, { toJson: () => ({ own: true }) });
  const described = service();
  described.metadata.addLabel('late', 'yes');
  described.metadata.add('generateName', 'x-');
  for (const object of [
    patched,
    service(inChart(new App({ resolvers }))),
    new Marked(inChart(), 'id'),
    new Derived(inChart(), 'id', { spec: { clusterIp: 'None' } }),
    changed,
    described,
  ]) {
    expectSame(object);
  }
});

test('CDK8S_DISABLE_SORT is obeyed', () => {
  vi.stubEnv('CDK8S_DISABLE_SORT', '1');
  const object = new ApiObject(inChart(), 'id', { apiVersion: 'v1', kind: 'X', b: 1, a: 2 });
  expectSame(object);
  expect(Object.keys(Object(objectJson(object)))).toEqual(['apiVersion', 'kind', 'metadata', 'b', 'a']);
  vi.unstubAllEnvs();
});
