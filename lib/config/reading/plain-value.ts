import { isScalar, Schema } from 'yaml';
import { ownValue } from '../../own-value.ts';
import { Located } from './located.ts';
import { isNothing, type Node } from './node.ts';
import type { Source } from './source.ts';

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

/** Made when it is needed first. */
let core: Schema | undefined;

/** A scalar as YAML's core schema types it: a number, a flag or nothing where it is written without quotes. */
function typedScalar(value: Located): unknown {
  const written = value.written();
  if (written === undefined || !value.isPlain) {
    return written;
  }
  core ??= new Schema({ schema: 'core' });
  for (const tag of core.tags) {
    if (tag.default === true && tag.collection === undefined && tag.test?.test(written) === true) {
      const resolved = tag.resolve(written, () => {}, {});
      return isScalar(resolved) ? resolved.value : resolved;
    }
  }
  return written;
}

/**
 * The document as JavaScript: every scalar is the text that was written. Tail sampling policies alone keep YAML's
 * types, because they pass through to the collector, which wants a number where a number was written.
 */
export function systemValue(source: Source, contents: Node): unknown {
  const root = Located.root(source, contents);
  const value = plainValue(root, (scalar) => (removesField(scalar) ? null : scalar.written()));
  const policies = root.at('collector', 'loadBalancing', 'policies');
  const loadBalancing = member(member(value, 'collector'), 'loadBalancing');
  if (policies.kind === 'list' && isMapping(loadBalancing)) {
    loadBalancing['policies'] = plainValue(policies, typedScalar);
  }
  return value;
}

/** Whether a scalar is nothing, or `null` without quotes. */
export const isRemoval = (node: Node): boolean =>
  isNothing(node) || (node.kind === 'text' && node.isPlain && /^(null|~)$/i.test(node.text));

/** Nothing, or `null`, in a patch: the field is removed. */
const removesField = (scalar: Located): boolean => {
  const { path } = scalar;
  const isPatch = path[0] === 'patch' || (typeof path[1] === 'number' && path[2] === 'patch');
  return isPatch && (scalar.kind === 'nothing' || (scalar.isPlain && /^(null|~)$/i.test(scalar.written() ?? '')));
};

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, key: string): unknown => (isMapping(value) ? ownValue(value, key) : undefined);
