/** The release that a values file is for. */
export interface HelmRelease {
  /** Name of the release. */
  readonly release: string;
  /** Its namespace. */
  readonly namespace: string;
  /**
   * Path of the values file in the command that installs it.
   *
   * @default dist/helm/coralogix-infra-values.yaml
   */
  readonly file?: string;
}
