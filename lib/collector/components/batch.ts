import type { Processor } from '../../pipeline/component.ts';

/** @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/batchprocessor */
export const batch = (): Processor => ({
  kind: 'processor',
  id: 'batch',
  settings: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
});
