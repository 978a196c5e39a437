import type { SpanShape } from '../span-shape.ts';

/** What a sample shows of one service. */
export interface SampledService {
  readonly spans: readonly SpanShape[];
  /** Processes of the pod that has most, each with a resource of its own. */
  readonly processes: number;
}

/** Spans that were recorded, by `service.name`. */
export interface SpanSample {
  readonly services: ReadonlyMap<string, SampledService>;
  readonly spanCount: number;
}
