import type { Located } from './located.ts';

/** The value as JavaScript: mappings as objects, scalars as the text that was written. */
export function plainValue(value: Located): unknown {
  switch (value.kind) {
    case 'mapping':
      return Object.fromEntries(value.entries().map(([key, entry]) => [key, plainValue(entry)]));
    case 'list':
      return value.items().map(plainValue);
    case 'absent':
      return undefined;
    default:
      return value.written();
  }
}
