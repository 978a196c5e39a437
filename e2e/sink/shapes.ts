import { z } from 'zod';

const attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const receivedSpan = z.strictObject({
  /** Trace and span ID. */
  id: z.string(),
  name: z.string(),
  kind: z.number(),
  status: z.number(),
  milliseconds: z.number(),
  attributes,
});

export const receivedResources = z.array(z.strictObject({ resource: attributes, spans: z.array(receivedSpan) }));

export const spanCount = z.strictObject({
  arrived: z.number(),
  unique: z.number(),
  bySender: z.record(z.string(), z.number()),
});

const seriesOf = {
  name: z.string(),
  unit: z.string(),
  cumulative: z.boolean(),
  resource: attributes,
  attributes,
  time: z.number(),
};

const series = z.discriminatedUnion('kind', [
  z.strictObject({ ...seriesOf, kind: z.enum(['sum', 'gauge']), value: z.number() }),
  z.strictObject({
    ...seriesOf,
    kind: z.literal('histogram'),
    count: z.number(),
    sum: z.number(),
    bounds: z.array(z.number()),
    buckets: z.array(z.number()),
  }),
]);

export const seriesList = z.array(series);
export const visits = z.strictObject({ admitted: z.number(), unauthenticated: z.number() });
export const nothing = z.null();

export type Attributes = z.output<typeof attributes>;
export type ReceivedSpan = z.output<typeof receivedSpan>;
export type ReceivedResource = z.output<typeof receivedResources>[number];
export type SpanCount = z.output<typeof spanCount>;
export type Series = z.output<typeof series>;
export type Visits = z.output<typeof visits>;
