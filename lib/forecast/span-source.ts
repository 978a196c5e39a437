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
  readonly resource: ResourceLabels;
  readonly spans: readonly SpanShape[];
}
