import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import type { SystemConfig } from '../../lib/config/schema/system.ts';
import { System } from '../../lib/constructs/system.ts';
import { explainService } from '../../lib/explain/explain-service.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { renderApp } from '../../lib/synth/render-app.ts';

const system = loadSystem('config/dataprime-demo.yaml');
const services = system.config.services.map(({ name }) => name);
const steps = ['SDK', 'address', 'node', 'receiver', 'processors', 'spanmetrics', 'gateway', 'export', 'Coralogix'];

function modelWith(collector: Partial<SystemConfig['collector']>) {
  const app = new App();
  const config = { ...system.config, collector: { ...system.config.collector, ...collector } };
  new System(app, 'System', { ...system, config });
  return readModel(renderApp(app).map(({ path, content }) => ({ file: `dist/${path}`, text: content })));
}

const { export: toCoralogix } = system.config.collector;
const withoutGateway = { ...system.config.collector.loadBalancing, enabled: false };

describe.each([
  ['what lies in dist', readModel(readSources(['dist'])), steps],
  ['delivered as values', modelWith({ delivery: 'helm-values' }), steps],
  ['delivered as manifests', modelWith({ delivery: 'manifests' }), steps],
  [
    'delivered as manifests without a gateway',
    modelWith({ delivery: 'manifests', loadBalancing: withoutGateway, export: toCoralogix }),
    steps.filter((step) => step !== 'gateway'),
  ],
])('%s', (_, model, expected) => {
  test('the example system has nine services', () => {
    expect(services).toHaveLength(9);
  });

  test.each(services)('leads a span of %s to the end', (service) => {
    const explanation = explainService(model, service);
    expect(explanation?.hops.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(explanation?.hops.map(({ name }) => name)).toEqual(expected);
    expect(explanation).toMatchObject({ application: 'dataprime-demo', subsystem: service });
  });

  test.each(services)(
    'gives the series of %s the dimensions of the configuration and what Pod & Host reads',
    (service) => {
      const labels = explainService(model, service)?.series?.labels ?? [];
      expect(labels.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          ...['service_name', 'span_name', 'span_kind', 'status_code', 'k8s_pod_name', 'k8s_node_name'],
          ...system.config.collector.spanMetrics.dimensions.map((name) => name.replaceAll('.', '_')),
        ]),
      );
      expect(labels.find(({ name }) => name === 'service_name')?.value).toBe(service);
      expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length);
    },
  );

  test.each(services)(
    'makes compact and database metrics of the spans of %s, with the labels that APM reads',
    (service) => {
      const series = explainService(model, service)?.series;
      const labels = Object.fromEntries(
        (series?.others ?? []).map((other) => [other.calls, other.labels.map(({ name }) => name).sort()]),
      );
      const kept = ['deployment_environment_name', 'host_name', 'k8s_cluster_name', 'service_name'];
      expect(labels).toEqual({
        compact_calls_total: [...kept, 'span_kind', 'status_code'],
        db_compact_calls_total: ['db_namespace', 'db_system', ...kept, 'status_code'].sort(),
        db_calls_total: expect.arrayContaining(['db_system', 'db_collection_name', 'k8s_pod_name', 'service_version']),
      });
      expect(series?.others.map(({ duration, filters }) => [duration, filters.length > 0]).sort()).toEqual([
        ['compact_duration_ms_bucket', false],
        ['db_compact_duration_ms_bucket', true],
        ['db_duration_ms_bucket', true],
      ]);
    },
  );

  test('does not pretend to know whether a datastore sends spans', () => {
    expect(explainService(model, 'redis')?.hops.every(({ status }) => status === 'unknown')).toBe(true);
  });
});
