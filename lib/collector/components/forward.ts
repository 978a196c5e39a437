import type { Connector } from '../pipeline/component.ts';

/** Joins two pipelines of the same signal. */
export const forward = (name: string): Connector => ({ kind: 'connector', id: `forward/${name}`, settings: {} });
