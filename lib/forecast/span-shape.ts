export const spanKinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
export const spanStatuses = ['UNSET', 'OK', 'ERROR'] as const;

export type SpanKind = (typeof spanKinds)[number];
export type SpanStatus = (typeof spanStatuses)[number];

/** What the spans have in common that are counted together, whichever pod they come from. */
export interface SpanShape {
  readonly name: string;
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Leaves one of those that are equal in every respect. */
export const distinctShapes = (shapes: readonly SpanShape[]): SpanShape[] => [
  ...new Map(shapes.map((shape) => [identity(shape), shape])).values(),
];

const identity = ({ name, kind, status, attributes }: SpanShape): string =>
  JSON.stringify([name, kind, status, Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1))]);

/**
 * Which transaction a span belongs to, before the collector adds it: attributes that no real span has. The processor
 * `coralogix` makes `cgx.transaction` and `cgx.transaction.root` of them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/coralogixprocessor
 */
export const transaction = { name: 'podhost.transaction', root: 'podhost.transaction.root' } as const;

/** Whether such a span is the first of its service in a trace. */
export const beginsTransaction = (kind: SpanKind): boolean => kind === 'SERVER' || kind === 'CONSUMER';
