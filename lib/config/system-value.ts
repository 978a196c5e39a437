import type { Node } from 'yaml';
import { ownValue } from '../own-value.ts';
import { Located } from './reading/located.ts';
import { plainValue, typedScalar } from './reading/plain-value.ts';
import type { Source } from './reading/source.ts';

/**
 * The document as JavaScript: every scalar is the text that was written. Tail sampling policies alone keep YAML's
 * types, because they pass through to the collector, which wants a number where a number was written.
 */
export function systemValue(source: Source, contents: Node): unknown {
  const root = Located.root(source, contents);
  const value = plainValue(root);
  const policies = root.at('collector', 'loadBalancing', 'policies');
  const loadBalancing = member(member(value, 'collector'), 'loadBalancing');
  if (policies.kind === 'list' && isMapping(loadBalancing)) {
    loadBalancing['policies'] = plainValue(policies, typedScalar);
  }
  return value;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, key: string): unknown => (isMapping(value) ? ownValue(value, key) : undefined);
