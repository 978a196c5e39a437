import { z } from 'zod';
import { type SpanKind, type SpanStatus, spanKinds, spanStatuses } from '../span-shape.ts';

/**
 * Spans as OTLP writes them in JSON.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */

const anyValue = z.looseObject({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.union([z.number(), z.string()]).optional(),
});

/** As the connector makes text of them. */
const attributes = z
  .array(z.looseObject({ key: z.string(), value: anyValue.optional() }))
  .default([])
  .transform(
    (pairs): Record<string, string> => Object.fromEntries(pairs.map(({ key, value = {} }) => [key, textOf(value)])),
  );

const textOf = (value: z.output<typeof anyValue>): string => {
  const scalar = value.stringValue ?? value.boolValue ?? value.intValue ?? value.doubleValue;
  return scalar === undefined ? JSON.stringify(value) : String(scalar);
};

/** By number, or by name as some writers have it. */
const named = <Name extends string>(names: readonly Name[], prefix: string, absent: Name) =>
  z
    .union([z.number(), z.string()])
    .default(0)
    .transform(
      (written): Name => names.find((name, index) => written === index || written === prefix + name) ?? absent,
    );

/** What else is written of a span is not kept: samples are large. */
const span = z.object({
  traceId: z.string().default(''),
  spanId: z.string().default(''),
  parentSpanId: z.string().default(''),
  name: z.string(),
  kind: named<SpanKind>(spanKinds, 'SPAN_KIND_', 'UNSPECIFIED'),
  attributes,
  status: z.object({ code: named<SpanStatus>(spanStatuses, 'STATUS_CODE_', 'UNSET') }).default({ code: 'UNSET' }),
});

export const tracesData = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }).default({ attributes: {} }),
      scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]),
    }),
  ),
});

export type OtlpSpan = z.output<typeof span>;
export type TracesData = z.output<typeof tracesData>;
