import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { componentType } from '../../pipeline/component.ts';
import { durationMs } from '../../pipeline/duration.ts';
import { numberAt, textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireExportQueue: Rule = {
  id: 'require-export-queue',
  severity: 'warning',
  documentation: {
    summary: 'Reports an exporter whose queue or retries are off, too small, or without an end.',
    why: 'Every short break of the network, and every roll-out of a gateway, loses what is under way when there is no queue or no retry. A queue of a few requests is full within a second; with `max_elapsed_time: 0` one request that is never accepted is sent again for ever, and blocks those behind it.',
    remediation: 'Leave `sending_queue` and `retry_on_failure` as they are by default, or give both limits.',
    example: `exporters:
  coralogix:
    sending_queue: { enabled: true, queue_size: 1000 }
    retry_on_failure: { enabled: true, max_elapsed_time: 5m }`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/exporterhelper'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

/** Exporters that send over the network. */
const remote = ['coralogix', 'otlp', 'otlphttp', 'loadbalancing'];

/** Requests; a queue of fewer is full at once. */
const smallestQueue = 100;

const problemsOf = (collector: Collector): PartProblem[] => {
  const used = new Set(collector.pipelines.all.flatMap(({ exporters }) => exporters));
  return componentsOf(collector, 'exporters', ...remote)
    .filter(({ id }) => used.has(id))
    .flatMap(({ id, settings }) => {
      const isBalancing = componentType(id) === 'loadbalancing';
      const inner = isBalancing ? ['protocol', 'otlp'] : [];
      return problemsIn(collector, id, settings, inner);
    });
};

function problemsIn({ title }: Collector, id: string, settings: unknown, inner: readonly string[]): PartProblem[] {
  const named = `${id} of ${title}`;
  const at = (...path: readonly string[]) => ['exporters', id, ...inner, ...path];
  const text = (...path: readonly string[]) => textAt(settings, ...inner, ...path);
  const queue = numberAt(settings, ...inner, 'sending_queue', 'queue_size');
  const sizer = text('sending_queue', 'sizer') ?? 'requests';
  const elapsed = text('retry_on_failure', 'max_elapsed_time');
  const isQueued = text('sending_queue', 'enabled') !== 'false';
  const isRetried = text('retry_on_failure', 'enabled') !== 'false';
  return [
    ...(isQueued
      ? []
      : [
          {
            path: at('sending_queue', 'enabled'),
            message: `${named} has no sending_queue: what cannot be sent at once is lost or refused`,
            suggestion: 'write: enabled: true',
          },
        ]),
    ...(isRetried
      ? []
      : [
          {
            path: at('retry_on_failure', 'enabled'),
            message: `${named} does not retry: every failed request is lost`,
            suggestion: 'write: enabled: true',
          },
        ]),
    ...(isQueued && queue !== undefined && sizer === 'requests' && queue < smallestQueue
      ? [
          {
            path: at('sending_queue', 'queue_size'),
            message: `the queue of ${named} holds ${queue} requests, and is full as soon as one is slow`,
            suggestion: 'write: queue_size: 1000',
          },
        ]
      : []),
    ...(isRetried && elapsed !== undefined && durationMs(elapsed) === 0
      ? [
          {
            path: at('retry_on_failure', 'max_elapsed_time'),
            message: `${named} retries without end: a request that is never accepted blocks those behind it`,
            suggestion: 'write: max_elapsed_time: 5m',
          },
        ]
      : []),
  ];
}
