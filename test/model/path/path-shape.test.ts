import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathShape } from '../../../lib/model/path/path-shape.ts';
import { sendersOf } from '../../../lib/model/path/sender.ts';
import { first, modelOf } from '../support/model-of.ts';
import { type SmallSystemProps, smallSystem } from '../support/small-system.ts';

function shapeOf(props: SmallSystemProps): string | undefined {
  const model = modelOf(smallSystem(props));
  return pathShape(model, first(sendersOf(model)));
}

const value = fc.constantFrom(undefined, '', 'a', '1:a', '-', 'literal', '$(B)', '$(POD_NAME)');
const key = (name: string) => ({ configMapKeyRef: { name: 'config', key: name } });
const system = fc.record(
  {
    env: fc.record({
      A: fc.oneof(value, fc.constantFrom(key('a'), key('b'), { fieldRef: { fieldPath: 'metadata.name' } })),
      B: value,
      'A1:': value,
      OTEL_RESOURCE_ATTRIBUTES: fc.constantFrom(undefined, 'k8s.pod.ip=$(POD_IP)', 'team=shop'),
    }),
    namespace: fc.constantFrom('shop', 'web'),
    kind: fc.constantFrom('Deployment', 'StatefulSet'),
    container: fc.constantFrom({}, { args: ['a'] }, { args: ['a', 'b'] }),
    pod: fc.constantFrom({}, { hostNetwork: true }, { nodeSelector: { a: 'b' } }),
  },
  { requiredKeys: [] },
);

test('containers have the same shape where all is the same that decides, and no other', () => {
  fc.assert(
    fc.property(system, system, (one, other) => {
      const written = (props: SmallSystemProps) => smallSystem(props);
      expect(shapeOf(one) === shapeOf(other)).toBe(written(one) === written(other));
    }),
  );
});

test('the names of a container are not part of its shape', () => {
  const named = (name: string) => {
    const env = {
      OTEL_SERVICE_NAME: name,
      OTEL_RESOURCE_ATTRIBUTES: `k8s.pod.ip=$(POD_IP),k8s.deployment.name=${name}`,
    };
    return shapeOf({ name, env });
  };
  expect(named('api')).toBe(named('web'));
});

test('a container that sends to itself or to its node may be like no other', () => {
  expect(shapeOf({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' } })).toBeUndefined();
});
