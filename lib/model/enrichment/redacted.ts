import { type Mapping, textAt, textListAt } from '../../yaml/value.ts';
import type { Attribute, Attributes } from './attribute.ts';

/**
 * What the processor `redaction` leaves of the resource: without `allow_all_keys` only the allowed and the ignored keys.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export function afterRedaction(config: Mapping, id: string, before: Attributes): Map<string, Attribute> {
  const path = ['processors', id];
  if (textAt(config, ...path, 'allow_all_keys') === 'true') {
    return new Map(before);
  }
  const kept = new Set(['allowed_keys', 'ignored_keys'].flatMap((key) => textListAt(config, ...path, key)));
  return new Map([...before].filter(([name]) => kept.has(name)));
}
