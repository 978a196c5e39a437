import type { OtelIntegrationValues } from '../../chart/values/otel-integration-values.ts';
import type { HelmRelease } from '../../chart/values/values-file.ts';

/** The release of the chart `otel-integration`, whatever installs it. */
export interface ReleaseProps extends Pick<HelmRelease, 'release' | 'namespace'> {
  /** Where the chart comes from: a Helm repository, or `oci://…`. */
  readonly repository: string;
  /** The system that it belongs to. */
  readonly partOf: string;
  /** The same object that the values file holds. */
  readonly values: OtelIntegrationValues;
}
