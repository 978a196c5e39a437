import { startFaultsBy } from '../../model/start/start-faults.ts';
import type { Rule } from '../rule.ts';

export const validBatchSize: Rule = {
  id: 'valid-batch-size',
  severity: 'error',
  documentation: {
    summary: 'Reports a `batch` whose largest size is below the size at which it sends.',
    why: 'A batch is sent when it has `send_batch_size` items, and `send_batch_max_size` splits it. With a maximum below the size the collector refuses its configuration and does not start; the default size is 8192.',
    remediation: 'Write both, with a maximum of at least the size, or neither.',
    example: `processors:
  batch:
    send_batch_size: 1024
    send_batch_max_size: 2048`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/batchprocessor'],
  },
  check: (model) => startFaultsBy(model, 'batch-size'),
};
