import { isScalar, Schema } from 'yaml';
import type { Located } from './located.ts';

/**
 * The value as JavaScript: mappings as objects, lists as arrays.
 *
 * @param scalarOf what a scalar stands for
 * @default scalarOf - the text that was written
 */
export function plainValue(
  value: Located,
  scalarOf: (value: Located) => unknown = (scalar) => scalar.written(),
): unknown {
  switch (value.kind) {
    case 'mapping':
      return Object.fromEntries(value.entries().map(([key, entry]) => [key, plainValue(entry, scalarOf)]));
    case 'list':
      return value.items().map((item) => plainValue(item, scalarOf));
    case 'absent':
      return undefined;
    default:
      return scalarOf(value);
  }
}

const core = new Schema({ schema: 'core' });

/** A scalar as YAML's core schema types it: a number, a flag or nothing where it is written without quotes. */
export function typedScalar(value: Located): unknown {
  const written = value.written();
  if (written === undefined || !value.isPlain) {
    return written;
  }
  for (const tag of core.tags) {
    if (tag.default === true && tag.collection === undefined && tag.test?.test(written) === true) {
      const resolved = tag.resolve(written, () => {}, {});
      return isScalar(resolved) ? resolved.value : resolved;
    }
  }
  return written;
}
