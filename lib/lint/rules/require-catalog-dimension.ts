import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { sendsToCoralogix } from '../../model/path/coralogix-exporter.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import type { Rule } from '../rule.ts';

export const requireCatalogDimension: Rule = {
  id: 'require-catalog-dimension',
  severity: 'warning',
  documentation: {
    summary:
      'Reports a configuration whose span metrics leave out dimensions by which the catalogs of Coralogix group.',
    why: 'The Service Catalog groups calls by `http.method` and by status, the Database Catalog by `db.system`, `db.namespace`, `db.operation.name` and `db.collection.name`. The chart’s list has them; a configuration of one’s own has what it names. Without them the pages are there and their tables are empty.',
    remediation: 'Add them to the dimensions of the connector; on spans that do not have them they make no label.',
    example: `connectors:
  spanmetrics:
    dimensions:
      - name: http.method
      - name: http.response.status_code
      - name: rpc.grpc.status_code
      - name: db.system
      - name: db.namespace
      - name: db.operation.name
      - name: db.collection.name`,
    see: ['https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

/** By the name that the chart has; newer and older conventions do as well. */
const groups: readonly (readonly string[])[] = [
  ['http.method', 'http.request.method'],
  ['http.response.status_code', 'http.status_code', 'status_code'],
  ['db.system', 'db.system.name'],
  ['db.namespace', 'db.name'],
  ['db.operation.name', 'db.operation'],
  ['db.collection.name', 'db.sql.table'],
];

function problemsOf(collector: Collector): PartProblem[] {
  const { pipelines, dimensions, title, fromValues } = collector;
  const main = mainSpanMetricsConnector(pipelines.all);
  // Lists in values are the business of the rule about the chart's own.
  if (main === undefined || fromValues || !sendsToCoralogix(collector)) {
    return [];
  }
  const has = (name: string) =>
    dimensions.some((dimension) => dimension.name === name || dimension.pattern?.test(name) === true);
  const missing = groups.filter((group) => !group.some(has)).flatMap(([name]) => name ?? []);
  return missing.length === 0
    ? []
    : [
        {
          path: ['connectors', main, 'dimensions'],
          message: `${main} of ${title} has no dimension ${joinNames(missing)}, by which the catalogs group`,
          suggestion: `add to dimensions: ${missing.map((name) => `{ name: ${name} }`).join(', ')}`,
        },
      ];
}
