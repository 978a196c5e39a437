import type { Collector } from '../../model/collector/collector.ts';
import { numberAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from './support/collector-part.ts';

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
  check: (model) => problemsOfCollectors(model, problemsOf),
};

const defaultSize = 8192;

const problemsOf = (collector: Collector): PartProblem[] => [
  ...componentsOf(collector, 'processors', 'batch').flatMap(({ id, settings }) => {
    const size = numberAt(settings, 'send_batch_size');
    const maximum = numberAt(settings, 'send_batch_max_size') ?? 0;
    const isText = typeof settings === 'object' && settings !== null && 'send_batch_size' in settings;
    const effective = size ?? (isText ? 0 : defaultSize);
    return maximum > 0 && maximum < effective
      ? [
          {
            path: ['processors', id, 'send_batch_max_size'],
            message: `${id} of ${collector.title} has send_batch_max_size: ${maximum}, below send_batch_size: ${effective}${size === undefined ? ' (its default)' : ''}: the collector does not start`,
            suggestion: `write: send_batch_max_size: ${size === undefined ? defaultSize : size * 2}`,
          },
        ]
      : [];
  }),
  ...componentsOf(collector, 'exporters', 'otlp', 'otlphttp', 'coralogix').flatMap(({ id, settings }) => {
    const path = ['sending_queue', 'batch'];
    const smallest = numberAt(settings, ...path, 'min_size') ?? 0;
    const largest = numberAt(settings, ...path, 'max_size') ?? 0;
    return largest > 0 && largest < smallest
      ? [
          {
            path: ['exporters', id, ...path, 'max_size'],
            message: `the batches of ${id} of ${collector.title} have max_size: ${largest}, below min_size: ${smallest}: the collector does not start`,
            suggestion: `write: max_size: ${smallest * 2}`,
          },
        ]
      : [];
  }),
];
