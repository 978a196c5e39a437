import type { Model } from '../model.ts';
import type { ApplicationContainer } from '../spans/instrumentation.ts';
import { resourceAttributesOf } from '../spans/resource-attributes.ts';

/** Where spans come from. */
export interface SpanOrigin extends ApplicationContainer {
  readonly model: Model;
  /** Attributes that the SDK is configured with, with what the cluster fills in as `<…>`. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** What a container's SDK is configured with. */
export const spanOrigin = (model: Model, application: ApplicationContainer): SpanOrigin => ({
  model,
  ...application,
  attributes: resourceAttributesOf(application.environment),
});
