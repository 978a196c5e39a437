import { isMapping, type Mapping } from '../../yaml/value.ts';
import { isTrue } from '../template.ts';

/** Names of settings in a preset, with those of the exporter; a text that is empty is left out. */
type Names = Readonly<Record<string, string>>;

const queue: Names = {
  enabled: 'enabled',
  numConsumers: 'num_consumers',
  waitForResult: 'wait_for_result',
  blockOnOverflow: 'block_on_overflow',
  sizer: 'sizer',
  queueSize: 'queue_size',
};
const batch: Names = { flushTimeout: 'flush_timeout', minSize: 'min_size', maxSize: 'max_size', sizer: 'sizer' };
const retry: Names = {
  enabled: 'enabled',
  initialInterval: 'initial_interval',
  maxInterval: 'max_interval',
  maxElapsedTime: 'max_elapsed_time',
  multiplier: 'multiplier',
};

const renamed = (settings: Mapping, names: Names): Mapping =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, own]) =>
      Object.hasOwn(settings, name) && settings[name] !== '' ? [[own, settings[name]] as const] : [],
    ),
  );

/**
 * How an exporter of Coralogix retries and queues, as its preset configures it.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper
 */
export function exporterHelper({ retryOnFailure, sendingQueue }: Mapping): Mapping {
  const isQueue = isMapping(sendingQueue) && isTrue(sendingQueue);
  const inner = isQueue ? sendingQueue['batch'] : undefined;
  return {
    ...(isMapping(retryOnFailure) && isTrue(retryOnFailure)
      ? { retry_on_failure: renamed(retryOnFailure, retry) }
      : {}),
    ...(isQueue
      ? {
          sending_queue: {
            ...renamed(sendingQueue, queue),
            ...(isMapping(inner) && isTrue(inner) ? { batch: renamed(inner, batch) } : {}),
          },
        }
      : {}),
  };
}
