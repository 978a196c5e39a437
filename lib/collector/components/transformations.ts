import type { Processor } from '../../pipeline/component.ts';

/**
 * Takes identifiers out of span names and statements, which would begin a new series for every one of them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export const spanNameRedaction = (): Processor => ({
  kind: 'processor',
  id: 'redaction/spanname',
  settings: {
    allow_all_keys: true,
    url_sanitizer: { enabled: true },
    db_sanitizer: {
      sql: { enabled: true, attributes: ['db.statement', 'db.query'] },
      redis: { enabled: true, attributes: ['db.statement', 'redis.command'] },
      memcached: { enabled: true, attributes: ['db.statement', 'memcached.command'] },
      mongo: { enabled: true, attributes: ['db.statement', 'mongodb.query'] },
      es: { enabled: true, attributes: ['db.statement', 'elasticsearch.body'] },
      opensearch: { enabled: true, attributes: ['db.statement', 'opensearch.body'] },
    },
  },
});

/**
 * Gives spans of newer and older instrumentations the names that the dimensions read.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/non-normative/http-migration/
 */
export const semanticConventionBridge = (): Processor => ({
  kind: 'processor',
  id: 'transform/semconv',
  settings: {
    error_mode: 'ignore',
    trace_statements: [
      {
        context: 'span',
        statements: [
          copy('http.request.method', 'http.method'),
          copy('http.response.status_code', 'http.status_code'),
          copy('http.status_code', 'http.response.status_code'),
        ],
      },
    ],
  },
});

const copy = (from: string, to: string): string =>
  `set(span.attributes["${to}"], span.attributes["${from}"]) where span.attributes["${to}"] == nil and span.attributes["${from}"] != nil`;

/**
 * The status of a span under the one name that Coralogix reads. The connector has called it both `status.code` and
 * `otel.status_code`, and leaves the latter out where it is unset.
 */
export const spanStatus = (): Processor => ({
  kind: 'processor',
  id: 'transform/spanmetrics',
  settings: {
    error_mode: 'silent',
    metric_statements: [
      {
        context: 'datapoint',
        statements: [
          statusFrom('STATUS_CODE_ERROR', 'datapoint.attributes["otel.status_code"] == "ERROR"'),
          statusFrom('STATUS_CODE_OK', 'datapoint.attributes["otel.status_code"] == "OK"'),
          statusFrom('STATUS_CODE_UNSET', 'true'),
        ],
      },
    ],
  },
});

const statusFrom = (status: string, condition: string): string =>
  `set(datapoint.attributes["status.code"], "${status}") where datapoint.attributes["status.code"] == nil and instrumentation_scope.name == "spanmetricsconnector" and ${condition}`;

const owners = ['container', 'k8s.pod', 'k8s.node'];

/** The names that the view reads: the receiver has renamed `…cpu.utilization` to `…cpu.usage`. */
export const cpuMetricNames = (): Processor => ({
  kind: 'processor',
  id: 'transform/kubeletstatscpu',
  settings: {
    error_mode: 'ignore',
    metric_statements: [
      {
        context: 'metric',
        statements: owners.flatMap((owner) => [
          `set(metric.unit, "1") where metric.name == "${owner}.cpu.usage"`,
          `set(metric.name, "${owner}.cpu.utilization") where metric.name == "${owner}.cpu.usage"`,
        ]),
      },
    ],
  },
});
