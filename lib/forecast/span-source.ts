import type { SpanCounter } from './collector/span-counter.ts';
import type { ResourceLabels } from './label.ts';
import type { SpanShape } from './span-shape.ts';

/** Where the spans of a service come from: its pods, which all do the same. */
export interface SpanSource {
  /** `service.name`. */
  readonly service: string;
  readonly pods: number;
  /** In each pod. */
  readonly processes: number;
  /** Nodes that the pods can be on, at most. */
  readonly nodes: number;
  readonly spans: readonly SpanShape[];
  /** Attributes of the resource of its spans as a connector counts them. */
  readonly resourceAt: (counter: SpanCounter) => ResourceLabels;
}
