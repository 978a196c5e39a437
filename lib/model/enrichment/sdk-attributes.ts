import type { Attribute } from './attribute.ts';
import type { SpanOrigin } from './span-origin.ts';

/** Attributes that SDKs have by default. */
const byItself: readonly (readonly [string, string])[] = [
  ['telemetry.sdk.language', 'the SDK itself'],
  ['telemetry.sdk.name', 'the SDK itself'],
  ['telemetry.sdk.version', 'the SDK itself'],
  ['service.instance.id', 'some SDKs, anew at every start'],
];

/** The resource as it leaves the pod. */
export function sdkAttributes({
  attributes,
  workload,
}: Pick<SpanOrigin, 'attributes' | 'workload'>): Map<string, Attribute> {
  const configured = [...attributes].map(
    ([name, value]) =>
      [name, { value: value.replace('<metadata.namespace>', workload.namespace), from: 'the SDK' }] as const,
  );
  const named = attributes.has('service.name')
    ? []
    : [['service.name', { value: undefined, from: 'the program' }] as const];
  const own = byItself
    .filter(([name]) => !attributes.has(name))
    .map(([name, from]) => [name, { value: undefined, from }] as const);
  return new Map<string, Attribute>([...named, ...configured, ...own]);
}
