/** What of Coralogix reads a label of the span metrics. */
export const chartLabelUses: {
  /** Without it a view is empty. */
  readonly needed: Readonly<Record<string, string>>;
  /** A view shows less without it. */
  readonly useful: Readonly<Record<string, string>>;
} = {
  needed: {
    'service.name': 'the Service Catalog',
    'span.name': 'the Service Catalog',
    'span.kind': 'the Service Catalog',
    'status.code': 'the error rate',
    'k8s.pod.name': 'Pod & Host',
    'k8s.node.name': 'Pod & Host',
  },
  useful: {
    'http.response.status_code': 'error tracking by status code',
    'rpc.grpc.status_code': 'error tracking by status code',
    'cgx.transaction': 'the Transactions tab',
    'cgx.transaction.root': 'the Transactions tab',
    'service.version': 'the comparison of versions',
    'db.namespace': 'the database labels of calls_total',
    'db.system': 'the database labels of calls_total',
    'db.operation.name': 'the database labels of calls_total',
    'db.collection.name': 'the database labels of calls_total',
  },
};
