import { type Attribute, addAbsent } from './attribute.ts';
import type { SpanOrigin } from './span-origin.ts';

/** Attributes that SDKs have by default. */
const byItself: readonly (readonly [string, Attribute])[] = [
  ['telemetry.sdk.language', { value: undefined, from: 'the SDK itself' }],
  ['telemetry.sdk.name', { value: undefined, from: 'the SDK itself' }],
  ['telemetry.sdk.version', { value: undefined, from: 'the SDK itself' }],
  ['service.instance.id', { value: undefined, from: 'some SDKs, anew at every start' }],
];

/** The resource as it leaves the pod. */
export function sdkAttributes({
  attributes,
  workload,
}: Pick<SpanOrigin, 'attributes' | 'workload'>): Map<string, Attribute> {
  const resource = new Map<string, Attribute>();
  if (!attributes.has('service.name')) {
    resource.set('service.name', { value: undefined, from: 'the program' });
  }
  for (const [name, value] of attributes) {
    resource.set(name, { value: value.replace('<metadata.namespace>', workload.namespace), from: 'the SDK' });
  }
  addAbsent(resource, byItself);
  return resource;
}
