import { type Mapping, valueAt } from '../yaml/value.ts';
import { componentType } from './component.ts';
import type { Pipeline } from './pipelines.ts';

/** Types of processors that keep a part of the spans only. */
export const samplerTypes = ['tail_sampling', 'probabilistic_sampler'] as const;

export const samplersIn = (path: readonly Pipeline[]): string[] =>
  path.flatMap(({ processors }) => processors.filter((id) => samplerTypes.some((type) => type === componentType(id))));

/**
 * Why a sampler keeps no span at all.
 *
 * @param id of a processor of traces
 * @returns undefined where it keeps some, is no sampler, does not start with its settings, or has a variable for them
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export function keepsNoSpan(config: Mapping, id: string): string | undefined {
  const settings = ['processors', id];
  switch (componentType(id)) {
    case 'tail_sampling': {
      const policies = valueAt(config, ...settings, 'policies') ?? [];
      return Array.isArray(policies) && policies.length === 0 ? `${id} has no policies` : undefined;
    }
    case 'probabilistic_sampler':
      return (valueAt(config, ...settings, 'sampling_percentage') ?? 0) === 0
        ? `${id} has no sampling_percentage above 0`
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Types of policies that the processor `tail_sampling` has.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export const samplingPolicyTypes: readonly string[] = [
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
