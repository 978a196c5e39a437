import type { Collector } from '../../model/collector/collector.ts';
import { componentsOf, configuredCollectors } from '../../model/collector/part.ts';
import { type CollectorRuntime, collectorRuntime } from '../../model/collector/runtime.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { numberAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const requireMemoryHeadroom: Rule = {
  id: 'require-memory-headroom',
  severity: 'warning',
  documentation: {
    summary: 'Reports a limit of `memory_limiter` that the limit of the container leaves no room for.',
    why: 'The processor refuses data when the heap has reached its limit, and the process needs more than its heap. Where the limit is nearly that of the container, or above it, the kernel kills the collector before the processor says no, and all its queues are lost. Without `GOMEMLIMIT` the Go runtime collects garbage later than the limit allows.',
    remediation: 'Leave a fifth of the container’s memory above the limiter, and set GOMEMLIMIT to about 80 % of it.',
    example: `processors:
  memory_limiter: { check_interval: 5s, limit_percentage: 80, spike_limit_percentage: 25 }`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor'],
  },
  check: (model) => configuredCollectors(model).flatMap((collector) => problemsOf(model, collector)),
};

/** The part of a container's memory that the limiter may take at most. */
const largestPart = 0.9;

function problemsOf(model: Model, collector: Collector): RuleFinding[] {
  const runtime = collectorRuntime(model, collector);
  const limiters = componentsOf(collector, 'processors', 'memory_limiter');
  const manifest = collectorWorkload(model, collector)?.manifest;
  if (runtime === undefined || limiters.length === 0) {
    return [];
  }
  const tight = limiters.flatMap(({ id, settings }): RuleFinding[] => {
    const { key, part } = limitOf(settings, runtime) ?? {};
    if (key === undefined || part === undefined || part <= largestPart) {
      return [];
    }
    const { mib = 0, text } = runtime.memory ?? {};
    const size = text === undefined ? 'the memory of its container' : `the ${text} of its container`;
    return [
      {
        message: `${id} of ${collector.title} lets in up to ${Math.round(part * 100)} % of ${size}, which is killed before it refuses anything`,
        place: collector.place(['processors', id, key]),
        suggestion: `write: ${key}: ${key === 'limit_mib' ? Math.floor(mib * 0.8) : 80}`,
        manifest,
      },
    ];
  });
  return tight.length > 0 ? tight : withoutGoLimit(collector, runtime, manifest);
}

function limitOf(settings: unknown, { memory }: CollectorRuntime) {
  const mebibytes = numberAt(settings, 'limit_mib') ?? 0;
  const percentage = numberAt(settings, 'limit_percentage') ?? 0;
  if (mebibytes > 0) {
    return memory === undefined ? undefined : { key: 'limit_mib', part: mebibytes / memory.mib };
  }
  return percentage > 0 && percentage <= 100 ? { key: 'limit_percentage', part: percentage / 100 } : undefined;
}

function withoutGoLimit(
  collector: Collector,
  { memory, hasGoMemoryLimit }: CollectorRuntime,
  manifest: RuleFinding['manifest'],
): RuleFinding[] {
  return memory === undefined || hasGoMemoryLimit
    ? []
    : [
        {
          message: `${collector.title} may take ${memory.text} of memory, and no GOMEMLIMIT tells the Go runtime`,
          place: memory.place,
          suggestion: `add: GOMEMLIMIT=${Math.floor(memory.mib * 0.8)}MiB`,
          manifest,
          // Without a word about it the program may set it itself; the chart sets it until values say no.
          ...(collector.fromValues ? {} : { cannotTell: true }),
        },
      ];
}
