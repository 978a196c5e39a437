/** One label of `calls_total`. */
export interface SeriesLabel {
  /** As a metrics store writes it, e.g. `k8s_pod_name`. */
  readonly name: string;
  /** The attributes that become it: two where their names differ only in what the store replaces. */
  readonly attributes: readonly string[];
  /** Its value, with what only the cluster knows as `<metadata.name>`; undefined where each span has its own. */
  readonly value?: string;
  /** What puts it there. */
  readonly from: string;
}
