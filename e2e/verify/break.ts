import type { Change } from '../../test/verify/support/changes.ts';
import type { TestSystem } from '../../test/verify/support/healthy-system.ts';
import type { Bed } from '../data-plane/bed.ts';
import type { ServiceProcess } from '../data-plane/service-process.ts';

/** One way to lose spans, and what the headline must name. */
export interface Break {
  readonly name: string;
  /** Changes the files that are committed, or what the sink has received. */
  readonly change?: Change;
  /** Changes what runs. */
  readonly take?: (bed: Bed, services: readonly ServiceProcess[]) => Promise<void>;
  readonly putBack?: (bed: Bed, services: readonly ServiceProcess[]) => Promise<void>;
  readonly hop: string;
  readonly cause: string;
}

/** What is changed without the cluster: the committed files, and what arrived. */
export type ChangedInput = Pick<TestSystem, 'files' | 'spans' | 'series'>;

/** The input of a run with a change; the original stays as it is. */
export function changed(input: ChangedInput, change: Change | undefined): ChangedInput {
  const system: TestSystem = { ...structuredClone(input), objects: [], logs: {}, metrics: {} };
  change?.(system);
  return system;
}
