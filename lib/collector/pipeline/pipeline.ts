import type { Connector, Exporter, Processor, Receiver } from '../../pipeline/component.ts';

export type Signal = 'traces' | 'metrics' | 'logs';

/** The way of one signal through a collector: in, through the processors in their order, out to every exporter. */
export interface Pipeline {
  /** `signal`, or `signal/name` where a signal has several ways. */
  readonly id: Signal | `${Signal}/${string}`;
  readonly receivers: readonly (Receiver | Connector)[];
  readonly processors: readonly Processor[];
  readonly exporters: readonly (Exporter | Connector)[];
}
