import { didYouMean } from './did-you-mean.ts';
import { pathname } from './pathname.ts';
import { oneOf, quoted } from './quoted.ts';
import { allowedKeys, schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeFinding } from './shape-findings.ts';

/** Keys that a mapping may not have. */
export function unknownKeys({ schema, root, path, value }: ShapeContext, keys: readonly string[]): ShapeFinding[] {
  const present = new Set(value.entries().map(([key]) => key));
  const free = allowedKeys(schemasAt(schema, root, path)).filter((key) => !present.has(key));
  const where = path.length === 0 ? 'at the top of the file' : `in ${pathname(path)}`;
  return keys.map((key) => {
    const meant = didYouMean(key, free);
    return {
      id: 'unknown-key',
      path: [...path, key],
      atKey: true,
      message: `unknown key ${quoted(key)} ${where}`,
      suggestion: suggestion(key, meant, free),
    };
  });
}

function suggestion(key: string, meant: string | undefined, free: readonly string[]): string {
  if (meant !== undefined) {
    return `write: ${meant}`;
  }
  if (key === '<<') {
    return 'write out what is merged: a configuration has no merge keys';
  }
  return free.length === 0 ? 'remove it' : `remove it, or write: ${oneOf(free)}`;
}

/** A key of a record that is not of the right form. */
export function invalidKey({ path }: ShapeContext, reason: string): ShapeFinding[] {
  const key = String(path.at(-1) ?? '');
  const upper = key.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
  return [
    {
      id: 'invalid-key',
      path,
      atKey: true,
      message: `the key ${quoted(key)} in ${pathname(path.slice(0, -1))} ${reason}`,
      ...(key === '' ? {} : { suggestion: `write: ${upper}` }),
    },
  ];
}
