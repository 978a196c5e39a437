import type { TailSamplingPolicy } from '../../chart/values/otel-integration-values.ts';
import type { Processor } from '../../pipeline/component.ts';

/**
 * Keeps or drops whole traces.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export const tailSampling = (policies: readonly TailSamplingPolicy[]): Processor => ({
  kind: 'processor',
  id: 'tail_sampling',
  settings: { decision_wait: '10s', num_traces: 50_000, policies },
});
