import type { Processor } from '../../pipeline/component.ts';

/**
 * Refuses data before the container's memory limit is reached; senders try again.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor
 */
export const memoryLimiter = (): Processor => ({
  kind: 'processor',
  id: 'memory_limiter',
  settings: { check_interval: '200ms', limit_percentage: 75, spike_limit_percentage: 25 },
});
