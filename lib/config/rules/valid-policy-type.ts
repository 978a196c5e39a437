import { didYouMean } from '../../text/did-you-mean.ts';
import type { ConfigRule } from './rule.ts';

/** @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor */
const types = [
  'always_sample',
  'and',
  'boolean_attribute',
  'bytes_limiting',
  'composite',
  'drop',
  'latency',
  'not',
  'numeric_attribute',
  'ottl_condition',
  'probabilistic',
  'rate_limiting',
  'span_count',
  'status_code',
  'string_attribute',
  'trace_flags',
  'trace_state',
];

/** A misspelt type keeps the gateway from starting; a type that is new to this list is left to the collector. */
export const validPolicyType: ConfigRule = {
  id: 'valid-policy-type',
  *check({ system }) {
    for (const policy of system.at('collector', 'loadBalancing', 'policies').items()) {
      const type = policy.get('type');
      const written = type.text();
      const meant = written === undefined || types.includes(written) ? undefined : didYouMean(written, types);
      if (meant !== undefined) {
        yield type.finding(`the collector has no tail sampling policy of type ${written}`, `write: ${meant}`);
      }
    }
  },
};
