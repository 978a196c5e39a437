/** What every sub-chart reads. */
export interface GlobalValues {
  /** Domain of the Coralogix region, without scheme or path. */
  readonly domain: string;
  /** `k8s.cluster.name` of everything that is sent. */
  readonly clusterName: string;
  /**
   * `deployment.environment.name` of what does not say it itself.
   *
   * @default - the cluster's name
   */
  readonly deploymentEnvironmentName?: string;
}
