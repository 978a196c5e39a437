import { isMapping, listAt, type Mapping, textAt } from '../value.ts';
import type { Attribute, Attributes } from './attribute.ts';

/** What the processor `resource` makes of attributes. */
export function afterResource(config: Mapping, id: string, before: Attributes): Map<string, Attribute> {
  const after = new Map(before);
  for (const action of listAt(config, 'processors', id, 'attributes')) {
    const key = isMapping(action) ? textAt(action, 'key') : undefined;
    const source = textAt(action, 'from_attribute');
    const value = source === undefined ? textAt(action, 'value') : after.get(source)?.value;
    const isThere = key !== undefined && after.has(key);
    const hasValue = source === undefined || after.has(source);
    switch (textAt(action, 'action')) {
      case 'delete':
        after.delete(key ?? '');
        break;
      case 'insert':
      case 'update':
      case 'upsert': {
        const applies = { insert: !isThere, update: isThere, upsert: true };
        const kind = textAt(action, 'action');
        if (key !== undefined && hasValue && applies[kind === 'insert' || kind === 'update' ? kind : 'upsert']) {
          after.set(key, { value, from: id });
        }
        break;
      }
      default:
        break;
    }
  }
  return after;
}
