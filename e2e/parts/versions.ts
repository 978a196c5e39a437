/** What the test bed is built from. Nothing floats: a version changes here or nowhere. */
export const versions = {
  kubernetes: '1.34.4',
  /** The staging modules of Kubernetes (k8s.io/api and the others) carry the same release under v0. */
  kubernetesStaging: '0.34.4',
  kwok: '0.8.0',
  helm: '3.22.0',
  /** The module of Prometheus 3.16. */
  prometheus: '0.316.0',
  collector: '0.155.0',
  /** The stable API modules of the same collector release. */
  collectorApi: '1.61.0',
} as const;
