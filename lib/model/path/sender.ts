import type { Model } from '../model.ts';
import { type ApplicationContainer, applicationContainers } from '../spans/instrumentation.ts';
import { memoized } from '../spans/memoized.ts';
import { configuredServiceName } from '../spans/resource-attributes.ts';

/** A container that may send spans, and what its service is called. */
export interface Sender extends ApplicationContainer {
  /** `service.name`, or the name of the workload where no variable has it. */
  readonly service: string;
}

/** All of them, in the order of the manifests; collectors are none. */
export const sendersOf = memoized((model: Model): readonly Sender[] =>
  applicationContainers(model).map((application) => ({
    ...application,
    service: configuredServiceName(application.environment) ?? application.workload.name,
  })),
);

/** Whether an SDK is there, also one that is switched off. */
export const hasSdk = ({ instrumentation }: Pick<Sender, 'instrumentation'>): boolean =>
  instrumentation.kind !== 'unknown';
