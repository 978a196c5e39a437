import { z } from 'zod';

/** OTLP JSON, as far as it is looked at here. */
const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, String(Object.values(value)[0] ?? '')])));

const resource = z.object({ attributes });

const span = z.object({ name: z.string(), attributes });

export const exportedSpans = z.object({
  resourceSpans: z.array(z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

const dataPoints = z.object({
  dataPoints: z.array(
    z.object({ attributes, asInt: z.coerce.number().optional(), explicitBounds: z.array(z.number()).optional() }),
  ),
});

const metric = z.object({
  name: z.string(),
  unit: z.string().default(''),
  sum: dataPoints.optional(),
  histogram: dataPoints.optional(),
});

export const exportedMetrics = z.object({
  resourceMetrics: z.array(z.object({ resource, scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});
