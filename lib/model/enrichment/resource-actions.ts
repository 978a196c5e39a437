import { type GoPattern, goPattern } from '../../pipeline/go-pattern.ts';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';
import { type Attribute, type Attributes, madeOf } from './attribute.ts';

/**
 * What the processor `resource` makes of attributes.
 *
 * @param after where they are changed
 * @default after - a copy
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourceprocessor
 */
export function afterResource(
  config: Mapping,
  id: string,
  before: Attributes,
  after: Map<string, Attribute> = new Map(before),
): Map<string, Attribute> {
  for (const action of listAt(config, 'processors', id, 'attributes')) {
    apply(action, id, after);
  }
  return after;
}

function apply(action: unknown, id: string, attributes: Map<string, Attribute>): void {
  const key = textAt(action, 'key') ?? '';
  const isThere = attributes.has(key);
  switch (textAt(action, 'action')?.toLowerCase()) {
    case 'insert':
      if (!isThere) write(action, key, id, attributes);
      break;
    case 'update':
      if (isThere) write(action, key, id, attributes);
      break;
    case 'upsert':
      write(action, key, id, attributes);
      break;
    case 'delete':
      for (const [name] of named(action, key, attributes)) {
        attributes.delete(name);
      }
      break;
    case 'hash':
      for (const [name, there] of named(action, key, attributes)) {
        attributes.set(name, madeOf(name, there, undefined, id));
      }
      break;
    case 'extract':
      extract(action, key, id, attributes);
      break;
  }
}

/** Nothing where there is no value to write. */
function write(action: unknown, key: string, id: string, attributes: Map<string, Attribute>): void {
  if (key === '') {
    return;
  }
  const name = textAt(action, 'from_attribute');
  const source = name === undefined ? undefined : attributes.get(name);
  const fallback = textAt(action, 'default_value');
  if (name === undefined) {
    attributes.set(key, { value: textAt(action, 'value') ?? fallback, from: id });
  } else if (source !== undefined) {
    attributes.set(key, madeOf(name, source, source.value, id));
  } else if (fallback !== undefined) {
    attributes.set(key, { value: fallback, from: id });
  }
}

/** The attributes that an action is about: by the name, and by a pattern. */
function named(action: unknown, key: string, attributes: Attributes): [string, Attribute][] {
  const pattern = patternOf(action);
  if (pattern === undefined) {
    const attribute = attributes.get(key);
    return attribute === undefined ? [] : [[key, attribute]];
  }
  return [...attributes].filter(([name]) => name === key || pattern.test(name));
}

function patternOf(action: unknown): GoPattern | undefined {
  const text = textAt(action, 'pattern');
  return text === undefined ? undefined : goPattern(text);
}

/** The groups of the pattern are the names of the new attributes. */
function extract(action: unknown, key: string, id: string, attributes: Map<string, Attribute>): void {
  const source = attributes.get(key);
  if (source === undefined) {
    return;
  }
  const isKnown = source.value !== undefined && !source.value.includes('<');
  const groups = isKnown ? patternOf(action)?.groups(source.value) : undefined;
  for (const [, name = ''] of (textAt(action, 'pattern') ?? '').matchAll(/\(\?P?<([^<>]+)>/g)) {
    if (!isKnown || groups !== undefined) {
      attributes.set(name, madeOf(key, source, groups?.get(name), id));
    }
  }
}
