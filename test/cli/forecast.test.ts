import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type ForecastOptions, forecastCommand } from '../../lib/cli/commands/forecast.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the command prints, and its exit status. */
function forecast(options: Partial<ForecastOptions> = {}, paths: readonly string[] = ['dist']) {
  const printed: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  try {
    const status = forecastCommand(paths, { values: [], format: 'text', ...options });
    return { status, stdout: printed.join('') };
  } finally {
    spy.mockRestore();
  }
}

function fileWith(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

const configWith = (more: string) =>
  fileWith('demo.yaml', `${readFileSync('config/dataprime-demo.yaml', 'utf8')}${more}`);

describe('podhost forecast', () => {
  test('says how many series the committed output will have, and what drives them', () => {
    const config = configWith(`forecast:
  budget: 5000
  operations: 0
  services:
    api-gateway: { operations: 4 }
    frontend:
      operations: [{ name: GET /, methods: [GET], statusCodes: [200, 500] }]
`);
    const { status, stdout } = forecast({ config: [config] });
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "270 series of span metrics, 480 a day

      service                 pods  operations  kinds  statuses  values  label sets  series
      api-gateway                1           4      1         2       3          12     210  78 %  ████████████████████
      frontend                   1           1      1         2       2           2      60  22 %  █████▊
      external-api-service *     1           0      0         0       0           0       0   0 %
      processing-service *       1           0      0         0       0           0       0   0 %
      query-service *            1           0      0         0       0           0       0   0 %
      queue-service *            1           0      0         0       0           0       0   0 %
      queue-worker-service *     1           0      0         0       0           0       0   0 %
      storage-service *          1           0      0         0       0           0       0   0 %
      validation-service *       1           0      0         0       0           0       0   0 %

      calls_total, duration_ms: 14 label sets × 15 (calls, 12 buckets with +Inf, sum, count) = 210
      compact_calls_total, compact_duration_ms: 4 label sets × 15 (calls, 12 buckets with +Inf, sum, count) = 60

      What the labels of calls_total and duration cost (series with it, for each without):
        span.name                  ×2.8  ████████████████████  with cgx.transaction; stays: the Service Catalog reads it
        http.response.status_code  ×1.4  ████▌                 saves 60
        k8s.pod.name               ×1.0                        with k8s.pod.uid, k8s.pod.ip and 5 more; stays: Pod & Host reads it
        add none: k8s.namespace.name, k8s.deployment.name, k8s.container.name, service.version, deployment.environment, deployment.environment.name, service.name, telemetry.sdk.language, telemetry.sdk.name, telemetry.sdk.version, os.type, k8s.cluster.name, cx.otel_integration.name, span.kind, http.method, cgx.transaction.root, status.code
        dimensions that no span has: status_code, db.namespace, db.operation.name, db.collection.name, db.system, graphql.operation.type, http.status_code, rpc.grpc.status_code

      Drop first:
        1. write presets.spanMetrics.errorTracking.enabled: false: saves 60 series; costs error tracking by status code
        2. write presets.spanMetrics.compactMetrics.dropHistogram: true: saves 48 series; costs percentiles in the list of the Service Catalog

      A deployment of every service begins 210 series, since their pods or versions are new: 210 a day.
      The collector keeps the old ones, and sends them, for 5m.

      Cap: a pod of api-gateway has 12 label sets of at most 100,000 (spanmetrics, aggregation_cardinality_limit)
      Budget: 270 of 5,000 series  █▏

      Note: * assumed of 7 services: 0 HTTP operations each, one method, status codes 200, 404 and 500; write forecast.services in the configuration, or give --spans FILE
      "
    `);
  });

  test('says the same as JSON', () => {
    const { status, stdout } = forecast({ format: 'json' });
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { series: 4_320, seriesPerDay: 8_370, budgets: [] }]);
  });

  test('exits with 1 beyond a budget', () => {
    const { status, stdout } = forecast({ config: [configWith('forecast: { budget: 4000 }\n')] });
    expect([status, stdout.split('\n', 1)]).toEqual([1, ['4,320 series of span metrics, 8,370 a day: too many']]);
    expect(stdout).toContain('Budget: 4,320 of 4,000 series');
  });

  test('counts the spans of a sample', () => {
    const attributes = [{ key: 'service.name', value: { stringValue: 'api-gateway' } }];
    const spans = ['GET /a', 'GET /b'].map((name) => ({ name, kind: 2 }));
    const traces = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] };
    const sample = fileWith('spans.json', JSON.stringify(traces));
    const { stdout } = forecast({ spans: sample, format: 'json' });
    expect(JSON.parse(stdout).services).toContainEqual(
      expect.objectContaining({ service: 'api-gateway', basis: 'sample', operations: 2, labelSets: 2 }),
    );
  });

  test('says what is wrong with paths, sample and configuration', () => {
    expect(() => forecast({}, ['none'])).toThrow('none does not exist');
    expect(() => forecast({ spans: 'none.json' })).toThrow('none.json does not exist');
    expect(() => forecast({ config: [configWith('forecast: { budget: 0 }\n')] })).toThrow('forecast.budget must be');
  });
});
