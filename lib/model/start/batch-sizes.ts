import { numberAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { componentsOf, type PartProblem } from '../collector/part.ts';

const defaultSize = 8192;

/** Largest sizes of batches that are below the size at which they are sent. */
export const wrongBatchSizes = (collector: Collector): PartProblem[] => [
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
