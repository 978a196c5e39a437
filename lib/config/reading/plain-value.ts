import { isScalar, Schema } from 'yaml';
import { ownValue } from '../../own-value.ts';
import type { Located } from './located.ts';
import { type ContentNode, contentOf, isNothing, type Node, type TextNode } from './node.ts';

/** A scalar; `null` is a key without a value. */
type Scalar = TextNode | null;

/** The text that was written. */
const written = (scalar: Scalar): string => scalar?.text ?? '';

/**
 * The value as JavaScript: mappings as objects, lists as arrays.
 *
 * @param scalarOf what a scalar stands for
 * @default scalarOf - the text that was written
 */
export const plainValue = ({ node }: Located, scalarOf: (scalar: Scalar) => unknown = written): unknown =>
  node === undefined ? undefined : plainNode(node, scalarOf);

function plainNode(node: Node | null, scalarOf: (scalar: Scalar) => unknown): unknown {
  const content = node === null ? null : contentOf(node);
  switch (content?.kind) {
    case 'mapping': {
      const mapping: Record<string, unknown> = {};
      for (const [key, { value }] of content.entries) {
        mapping[key] = plainNode(value, scalarOf);
      }
      return mapping;
    }
    case 'list':
      return content.items.map((item) => plainNode(item, scalarOf));
    default:
      return scalarOf(content ?? null);
  }
}

/** Made when it is needed first. */
let core: Schema | undefined;

/** A scalar as YAML's core schema types it: a number, a flag or nothing where it is written without quotes. */
function typedScalar(scalar: Scalar): unknown {
  const text = written(scalar);
  if (scalar?.isPlain !== true) {
    return text;
  }
  core ??= new Schema({ schema: 'core' });
  for (const tag of core.tags) {
    if (tag.default === true && tag.collection === undefined && tag.test?.test(text) === true) {
      const resolved = tag.resolve(text, () => {}, {});
      return isScalar(resolved) ? resolved.value : resolved;
    }
  }
  return text;
}

/**
 * The document as JavaScript: every scalar is the text that was written. In patches nothing and `null` are `null`. Tail
 * sampling policies keep YAML's types, because they pass through to the collector, which wants a number where a number was
 * written.
 */
export function systemValue(contents: Node): unknown {
  const value = plainNode(contents, written);
  rewrite(contents, value, 'patch', patchScalar);
  const root = contentOf(contents);
  for (const [key, entry] of root.kind === 'mapping' ? root.entries : []) {
    const plain = member(value, key);
    const list = entry.value === null ? null : contentOf(entry.value);
    if (list?.kind === 'list' && Array.isArray(plain)) {
      list.items.forEach((item, index) => {
        rewrite(item, plain[index], 'patch', patchScalar);
      });
    }
  }
  const collector = child(contents, 'collector');
  const loadBalancing = child(collector, 'loadBalancing');
  if (child(loadBalancing, 'policies')?.kind === 'list') {
    rewrite(loadBalancing, member(member(value, 'collector'), 'loadBalancing'), 'policies', typedScalar);
  }
  return value;
}

/** Makes the value of a key anew, with other scalars. */
function rewrite(node: Node | undefined, value: unknown, key: string, scalarOf: (scalar: Scalar) => unknown): void {
  const mapping = node === undefined ? undefined : contentOf(node);
  const entry = mapping?.kind === 'mapping' ? mapping.entries.get(key) : undefined;
  if (entry !== undefined && isMapping(value)) {
    value[key] = plainNode(entry.value, scalarOf);
  }
}

/** What stands behind a key; undefined where there is nothing. */
function child(node: Node | undefined, key: string): ContentNode | undefined {
  const mapping = node === undefined ? undefined : contentOf(node);
  const value = mapping?.kind === 'mapping' ? mapping.entries.get(key)?.value : undefined;
  return value === undefined || value === null ? undefined : contentOf(value);
}

/** Whether a scalar is nothing, or `null` without quotes. */
export const isRemoval = (node: Node): boolean =>
  isNothing(node) || (node.kind === 'text' && node.isPlain && /^(null|~)$/i.test(node.text));

/** Nothing, or `null`, in a patch: the field is removed. */
const patchScalar = (scalar: Scalar): string | null => (scalar === null || isRemoval(scalar) ? null : scalar.text);

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, key: string): unknown => (isMapping(value) ? ownValue(value, key) : undefined);
