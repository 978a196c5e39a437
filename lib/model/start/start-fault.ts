import type { Collector } from '../collector/collector.ts';
import type { PlacedProblem } from '../collector/part.ts';

/** Why a collector does not run, one of a fixed list. Each is what one rule of lint reports. */
export const startCauses = [
  // helm and the API server
  'refused-values',
  'refused-access',
  'refused-pods',
  'no-replicas',
  // its environment
  'no-configuration',
  'no-key',
  'missing-data',
  // its configuration
  'wrong-reference',
  'no-consumer',
  'memory-limiter',
  'batch-size',
  'sampling-policy',
  'exporter-settings',
  'refused-dimension',
  'removed-component',
  'pattern-group',
  // what happens at its start
  'used-port',
  'node-detector',
] as const;

export type StartCause = (typeof startCauses)[number];

/** Something that keeps a collector from running, so that no span arrives at it. */
export interface StartFault extends PlacedProblem {
  readonly collector: Collector;
  readonly cause: StartCause;
}
