import { randomBytes } from 'node:crypto';
import { bytesField, fixed64Field, varintField } from './protobuf.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export const spanKind = { internal: 1, server: 2, client: 3 } as const;

export interface SpanTemplate {
  readonly name: string;
  readonly kind: (typeof spanKind)[keyof typeof spanKind];
  readonly attributes: Attributes;
  readonly milliseconds: number;
  /** With an exception event and the status of an error. */
  readonly failed?: boolean;
  /** Index within the trace of the span that it is part of; -1: a span of another service. */
  readonly parent: number;
  /** Name of the instrumentation library. */
  readonly scope: string;
}

/** An export request that is encoded once and sent often, with new identifiers and times each time. */
export interface RequestTemplate {
  readonly spans: number;
  /** A gRPC message, length prefix included. */
  render(): Buffer;
}

const idSize = 8;
const traceIdSize = 16;
const nothing = Buffer.alloc(idSize);
/** Where the changing fields are in an encoded span: they come first, and their length is fixed. */
const at = { traceId: 2, spanId: 20, parentId: 30, start: 39, end: 48 } as const;

interface Position {
  readonly offset: number;
  readonly trace: number;
  readonly span: number;
  readonly parent: number;
  readonly nanoseconds: bigint;
}

/** Encodes an ExportTraceServiceRequest of one resource. */
export function requestTemplate(resource: Attributes, traces: readonly (readonly SpanTemplate[])[]): RequestTemplate {
  const placed = traces.flatMap((trace, index) => {
    const before = traces.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return trace.map((span, position) => ({
      span,
      trace: index,
      id: before + position,
      parent: span.parent < 0 ? -1 : before + span.parent,
      bytes: encodeSpan(span),
    }));
  });
  const scopes = [...new Set(placed.map(({ span }) => span.scope))].map((scope) => ({
    scope,
    members: placed.filter(({ span }) => span.scope === scope),
  }));
  const scopeSpans = scopes.map(({ scope, members }) =>
    bytesField(
      2,
      Buffer.concat([bytesField(1, bytesField(1, scope)), ...members.map(({ bytes }) => bytesField(2, bytes))]),
    ),
  );
  const message = bytesField(1, Buffer.concat([bytesField(1, encodeAttributes(1, resource)), ...scopeSpans]));
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  const encoded = Buffer.concat([prefix, message]);

  let from = 0;
  const positions = scopes
    .flatMap(({ members }) => members)
    .map(({ span, trace, id, parent, bytes }): Position => {
      const offset = encoded.indexOf(bytes, from);
      from = offset + bytes.length;
      return { offset, trace, span: id, parent, nanoseconds: BigInt(span.milliseconds) * 1_000_000n };
    });
  return { spans: placed.length, render: () => render(encoded, positions, traces.length) };
}

function render(encoded: Buffer, positions: readonly Position[], traces: number): Buffer {
  const request = Buffer.from(encoded);
  const traceIds = randomBytes(traces * traceIdSize);
  const spanIds = randomBytes(positions.length * idSize);
  const end = BigInt(Date.now()) * 1_000_000n;
  for (const { offset, trace, span, parent, nanoseconds } of positions) {
    traceIds.copy(request, offset + at.traceId, trace * traceIdSize, (trace + 1) * traceIdSize);
    spanIds.copy(request, offset + at.spanId, span * idSize, (span + 1) * idSize);
    // The caller's span is not in this request, so its identifier is the trace's.
    if (parent < 0) traceIds.copy(request, offset + at.parentId, trace * traceIdSize, trace * traceIdSize + idSize);
    else spanIds.copy(request, offset + at.parentId, parent * idSize, (parent + 1) * idSize);
    request.writeBigUInt64LE(end - nanoseconds, offset + at.start);
    request.writeBigUInt64LE(end, offset + at.end);
  }
  return request;
}

/** Readers take fields in any order; those that change come first. */
function encodeSpan({ name, kind, attributes, failed }: SpanTemplate): Buffer {
  return Buffer.concat([
    bytesField(1, Buffer.concat([nothing, nothing])),
    bytesField(2, nothing),
    bytesField(4, nothing),
    fixed64Field(7, 0n),
    fixed64Field(8, 0n),
    bytesField(5, name),
    varintField(6, kind),
    encodeAttributes(9, attributes),
    ...(failed ? [bytesField(11, exception), bytesField(15, varintField(3, 2))] : []),
  ]);
}

const exception = Buffer.concat([
  bytesField(2, 'exception'),
  encodeAttributes(3, { 'exception.type': 'TimeoutError', 'exception.message': 'no answer after 2 s' }),
]);

function encodeAttributes(field: number, attributes: Attributes): Buffer {
  return Buffer.concat(
    Object.entries(attributes).map(([key, value]) => bytesField(field, encodeAttribute(key, value))),
  );
}

function encodeAttribute(key: string, value: string | number | boolean): Buffer {
  const any =
    typeof value === 'string'
      ? bytesField(1, value)
      : typeof value === 'boolean'
        ? varintField(2, Number(value))
        : varintField(3, value);
  return Buffer.concat([bytesField(1, key), bytesField(2, any)]);
}
