import type { SpanKind } from './span-shape.ts';

/**
 * Which transaction a span belongs to, before the collector adds it: attributes that no real span has. The processor
 * `coralogix` makes `cgx.transaction` and `cgx.transaction.root` of them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/coralogixprocessor
 */
export const transaction = { name: 'podhost.transaction', root: 'podhost.transaction.root' } as const;

/** Whether such a span is the first of its service in a trace. */
export const beginsTransaction = (kind: SpanKind): boolean => kind === 'SERVER' || kind === 'CONSUMER';
