import type { Processor } from '../../pipeline/component.ts';

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
