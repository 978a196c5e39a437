import { isMapping, listAt, type Mapping, textAt } from '../../model/value.ts';
import type { Attribute, Attributes } from './attribute.ts';

/** What the processor `transform` makes of the resource, as far as its statements are simple. */
export function afterTransform(config: Mapping, id: string, before: Attributes): Map<string, Attribute> {
  let after = new Map(before);
  for (const { context, statement } of statementsOf(config, id)) {
    const text =
      context === 'resource' ? statement.replaceAll(/(?<![.\w])attributes\b/g, 'resource.attributes') : statement;
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

function statementsOf(config: Mapping, id: string) {
  return listAt(config, 'processors', id, 'trace_statements').flatMap((entry) =>
    isMapping(entry)
      ? listAt(entry, 'statements').map((text) => ({ context: textAt(entry, 'context'), statement: String(text) }))
      : [{ context: undefined, statement: String(entry) }],
  );
}
