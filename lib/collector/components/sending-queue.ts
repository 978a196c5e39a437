import type { Settings } from '../../pipeline/component.ts';

/**
 * What waits for a back end that is slow or away, in memory. When it is full, data is refused and counted
 * (`otelcol_exporter_enqueue_failed_*`).
 */
export const sendingQueue = (): Settings => ({ enabled: true, num_consumers: 10, queue_size: 1000 });

/** How long one batch is tried before it is dropped and counted (`otelcol_exporter_send_failed_*`). */
export const retryOnFailure = (): Settings => ({
  enabled: true,
  initial_interval: '1s',
  max_interval: '10s',
  max_elapsed_time: '10m',
});
