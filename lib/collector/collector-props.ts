/** How data leaves the cluster. */
export type ExportProps =
  /** Coralogix' own exporter, to the region's domain. */
  | { readonly type: 'coralogix'; readonly domain: string }
  /** Plain OTLP over gRPC, to any back end: host and port, without TLS if `insecure`. */
  | { readonly type: 'otlp'; readonly endpoint: string; readonly insecure?: boolean };

/** Options of every collector of a cluster. */
export interface CollectorProps {
  /** `k8s.cluster.name` of everything that it sends. */
  readonly clusterName: string;
  readonly export: ExportProps;
}
