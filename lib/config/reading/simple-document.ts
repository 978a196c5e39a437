import { readSimply, type SimpleBuilder, type SimpleReading } from '../../yaml/simple-reader.ts';
import { maximumTokens } from './bounded-parse.ts';
import { maximumValues } from './document-check.ts';
import { contentOf, type MappingNode, type Node } from './node.ts';

const nodes: SimpleBuilder<Node, MappingNode> = {
  text: (text, isPlain, start) => ({ kind: 'text', start, text, isPlain }),
  list: (items, start) => ({ kind: 'list', start, items }),
  mapping: (start) => ({ kind: 'mapping', start, entries: new Map() }),
  add({ entries }, key, keyStart, value) {
    const isNew = !entries.has(key);
    entries.set(key, { keyStart, value });
    return isNew;
  },
  alias: (target, start) => ({ kind: 'alias', start, target: contentOf(target) }),
};

/**
 * The contents of a configuration that is written simply, which most are.
 *
 * @param start offset of the first character
 * @returns undefined for each text that `composedConfig` may read otherwise or refuse
 */
export function simpleDocument(text: string, start: number): Node | undefined {
  const reading = readSimply(text, nodes, start);
  return reading === undefined || isRepetitive(reading) || reading.tokens > maximumTokens ? undefined : reading.value;
}

const isRepetitive = ({ nodes: own, aliasedNodes }: SimpleReading<Node>): boolean =>
  aliasedNodes > own && aliasedNodes + own > maximumValues;
