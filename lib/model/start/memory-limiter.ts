import { componentType } from '../../pipeline/component.ts';
import { durationMs } from '../../pipeline/duration.ts';
import { mappingAt, numberAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { componentsOf, type PartProblem } from '../collector/part.ts';

/** Settings of the memory limiter that it refuses. */
export const wrongMemoryLimits = (collector: Collector): PartProblem[] => [
  ...componentsOf(collector, 'processors', 'memory_limiter').flatMap(({ id, settings }) =>
    problemsOf(collector, ['processors', id], id, settings),
  ),
  ...Object.entries(mappingAt(collector.config, 'extensions'))
    .filter(([id]) => componentType(id) === 'memory_limiter')
    .flatMap(([id, settings]) => problemsOf(collector, ['extensions', id], id, settings)),
];

function problemsOf({ title }: Collector, path: readonly string[], id: string, settings: unknown): PartProblem[] {
  const refused = 'the collector does not start';
  const interval = textAt(settings, 'check_interval');
  const problems: PartProblem[] = [];
  if (interval === undefined || (durationMs(interval) ?? 1) <= 0) {
    const what = interval === undefined ? 'has no check_interval' : `has check_interval: ${interval}`;
    problems.push({
      path: [...path, 'check_interval'],
      message: `${id} of ${title} ${what}: ${refused}`,
      suggestion: 'write: check_interval: 5s',
    });
  }
  const isLimited = ['limit_mib', 'limit_percentage'].some((key) => {
    const limit = valueAt(settings, key);
    return limit !== undefined && limit !== null && limit !== 0;
  });
  if (!isLimited) {
    problems.push({
      path: [...path, 'limit_percentage'],
      message: `${id} of ${title} has neither limit_mib nor limit_percentage: ${refused}`,
      suggestion: 'write: limit_percentage: 80 and spike_limit_percentage: 25',
    });
  }
  for (const unit of ['mib', 'percentage']) {
    const limit = numberAt(settings, `limit_${unit}`) ?? 0;
    const spike = numberAt(settings, `spike_limit_${unit}`) ?? 0;
    if (limit > 0 && spike >= limit) {
      problems.push({
        path: [...path, `spike_limit_${unit}`],
        message: `${id} of ${title} has spike_limit_${unit}: ${spike}, which is not below limit_${unit}: ${limit}: ${refused}`,
        suggestion: `write: spike_limit_${unit}: ${Math.max(1, Math.floor(limit / 4))}`,
      });
    }
    if (unit === 'percentage' && Math.max(limit, spike) > 100) {
      const key = limit > 100 ? 'limit_percentage' : 'spike_limit_percentage';
      problems.push({
        path: [...path, key],
        message: `${id} of ${title} has ${key}: ${Math.max(limit, spike)}, more than 100: ${refused}`,
        suggestion: `write: ${key}: ${limit > 100 ? 80 : 25}`,
      });
    }
  }
  return problems;
}
