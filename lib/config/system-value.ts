import { type Node, parseDocument } from 'yaml';
import { ownValue } from '../own-value.ts';
import { Located } from './reading/located.ts';
import { plainValue } from './reading/plain-value.ts';
import type { Source } from './reading/source.ts';

/**
 * The document as JavaScript: every scalar is the text that was written. Tail sampling policies alone keep YAML's
 * types, because they pass through to the collector, which wants a number where a number was written.
 */
export function systemValue(source: Source, contents: Node, text: string): unknown {
  const root = Located.root(source, contents);
  const value = plainValue(root);
  const typed = root.at('collector', 'loadBalancing', 'policies').kind === 'list' ? typedPolicies(text) : undefined;
  const loadBalancing = member(member(value, 'collector'), 'loadBalancing');
  if (typed !== undefined && isMapping(loadBalancing)) {
    loadBalancing['policies'] = typed;
  }
  return value;
}

function typedPolicies(text: string): unknown {
  // Aliases were bounded when the document was checked.
  const document = parseDocument(text, { schema: 'core', version: '1.2', logLevel: 'silent' }).toJS({
    maxAliasCount: -1,
  });
  return member(member(member(document, 'collector'), 'loadBalancing'), 'policies');
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, key: string): unknown => (isMapping(value) ? ownValue(value, key) : undefined);
