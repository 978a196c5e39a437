import type { Variable } from '../environment/variable.ts';
import type { Model } from '../model.ts';
import { type OtlpSettings, otlpSettings } from '../network/otlp-settings.ts';
import { resourceAttributesOf } from '../spans/resource-attributes.ts';
import type { Container, Workload } from '../workload.ts';

/** Where spans come from. */
export interface SpanOrigin {
  readonly model: Model;
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
  readonly settings: OtlpSettings;
  /** Attributes that the SDK is told, with what the cluster fills in as `<…>`. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** What a container's SDK is told. */
export function spanOrigin(model: Model, workload: Workload, container: Container): SpanOrigin {
  const environment = model.environment(workload, container);
  return {
    model,
    workload,
    container,
    environment,
    settings: otlpSettings(environment),
    attributes: resourceAttributesOf(environment),
  };
}
