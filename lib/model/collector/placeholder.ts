import { componentType } from '../../pipeline/component.ts';
import type { Pipelines } from '../../pipeline/pipelines.ts';

export const suppliedBySupervisor = 'a supervisor (fleet management) gives it a configuration that was not read';

/**
 * Whether a configuration only keeps a collector running until a supervisor gives it another one: every pipeline leads
 * from nothing to nothing.
 */
export const isPlaceholder = ({ all }: Pipelines): boolean =>
  all.length > 0 &&
  all.every(
    ({ receivers, exporters }) =>
      exporters.length > 0 && [...receivers, ...exporters].every((id) => componentType(id) === 'nop'),
  );
