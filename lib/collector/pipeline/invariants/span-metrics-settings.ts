import { z } from 'zod';
import { type Invariant, isSpanMetrics } from './invariant.ts';

const settings = z.looseObject({
  dimensions: z.array(z.looseObject({ name: z.string() })).default([]),
  histogram: z
    .looseObject({
      unit: z.string().optional(),
      explicit: z.looseObject({ buckets: z.array(z.string()).default([]) }).optional(),
    })
    .default({}),
});

/**
 * The connector refuses a dimension that is named twice. Without a unit it may count in seconds, and without explicit
 * buckets the chart drops the unit: `duration_ms_bucket` would be missing.
 */
export const spanMetricsSettings: Invariant = (pipelines) =>
  [...new Set(pipelines.flatMap(({ exporters }) => exporters.filter(isSpanMetrics)))].flatMap((connector) => {
    const { dimensions, histogram } = settings.parse(connector.settings);
    const names = dimensions.map(({ name }) => name);
    const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return [
      ...[...repeated].map(
        (name) => `connector ${connector.id} names dimension ${name} twice: the collector would not start`,
      ),
      ...(histogram.unit === 'ms' ? [] : [`connector ${connector.id}: write histogram.unit: ms`]),
      ...((histogram.explicit?.buckets.length ?? 0) > 0
        ? []
        : [`connector ${connector.id}: write histogram.explicit.buckets`]),
    ];
  });
