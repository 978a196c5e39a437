import { processorStatements } from '../collector/processor-statements.ts';
import type { Mapping } from '../value.ts';
import type { Attribute, Attributes } from './attribute.ts';

/** What the processor `transform` makes of the resource, as far as its statements are simple. */
export function afterTransform(config: Mapping, id: string, before: Attributes): Map<string, Attribute> {
  let after = new Map(before);
  for (const text of processorStatements(config, id)) {
    const [, kept] = /^keep_keys\(resource\.attributes, \[(.*)\]\)$/.exec(text) ?? [];
    const [, deleted] = /^delete_key\(resource\.attributes, "([^"]*)"\)$/.exec(text) ?? [];
    const [, key, value] = /^set\(resource\.attributes\["([^"]+)"\], "([^"]*)"\)$/.exec(text) ?? [];
    if (kept !== undefined) {
      const names = new Set([...kept.matchAll(/"([^"]*)"/g)].map(([, name]) => name));
      after = new Map([...after].filter(([name]) => names.has(name)));
    }
    after.delete(deleted ?? '');
    if (key !== undefined && value !== undefined) {
      after.set(key, { value, from: id });
    }
  }
  return after;
}
