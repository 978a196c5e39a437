import type { Action } from './action.ts';
import type { DeployContext } from './context.ts';

/** The steps in the order in which they run. */
export const stepNames = [
  'preflight',
  'k3s',
  'compose',
  'images',
  'secrets',
  'collector',
  'operator',
  'apply',
  'restart',
  'verify',
] as const;

export type StepName = (typeof stepNames)[number];

/** One step of a deployment, or of what takes it away again. */
export interface Step<Name extends string = StepName> {
  readonly name: Name;
  readonly title: string;
  /**
   * What there is to do, from the configuration and, where it must be, from looking at the cluster or the host. It
   * changes nothing.
   */
  actions(context: DeployContext): Promise<readonly Action[]>;
  /**
   * How many actions run at once.
   *
   * @default 1
   */
  readonly parallel?: number | ((context: DeployContext) => number);
}
