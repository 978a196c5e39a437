import { type Mapping, textAt, textListAt } from '../../yaml/value.ts';
import type { Attribute, Attributes } from './attribute.ts';

/**
 * What the processor `redaction` leaves of the resource: without `allow_all_keys` only the allowed and the ignored keys.
 *
 * @param after where the others are deleted
 * @default after - a copy
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export function afterRedaction(
  config: Mapping,
  id: string,
  before: Attributes,
  after: Map<string, Attribute> = new Map(before),
): Map<string, Attribute> {
  const path = ['processors', id];
  if (textAt(config, ...path, 'allow_all_keys') === 'true') {
    return after;
  }
  const kept = new Set(['allowed_keys', 'ignored_keys'].flatMap((key) => textListAt(config, ...path, key)));
  for (const name of after.keys()) {
    if (!kept.has(name)) {
      after.delete(name);
    }
  }
  return after;
}
