import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { System } from '../../lib/constructs/system.ts';
import { isOver } from '../../lib/forecast/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import type { SpanSample } from '../../lib/forecast/sample/span-sample.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { chartValues } from '../lint/rules/support/collectors.ts';
import { deployment, documents, literal } from '../lint/rules/support/manifests.ts';
import { countingSpans, mounted } from '../lint/rules/support/mounted.ts';
import { span } from './support.ts';

const env = (endpoint = 'http://agent.otel:4317') =>
  literal('OTEL_SERVICE_NAME', 'api') + literal('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint);

const service = (replicas = 2, endpoint?: string) =>
  deployment({ env: env(endpoint) }).replace('spec:\n', `spec:\n  replicas: ${replicas}\n`);

/** Two bounds: 6 series of each label set. */
const connector = (more = '') =>
  `spanmetrics: { namespace: "", dimensions: [{ name: http.response.status_code }], exclude_dimensions: [collector.instance.id], histogram: { explicit: { buckets: [1s, 2s] } }${more} }`;

const agent = (more = '') => mounted({ config: countingSpans({ connectors: connector(more) }) });

const forecastOf = (text: string, config: unknown = {}, sample?: SpanSample) =>
  forecastSystem(readModel([{ file: 'app.yaml', text }]), forecastSchema.parse(config), sample);

describe('our own output', () => {
  const forecast = forecastSystem(readModel(readSources(['dist'])), forecastSchema.parse({}));

  test('has its nine services, with the main metrics and the compact ones', () => {
    expect(forecast.services).toHaveLength(9);
    expect(forecast.metrics.map(({ names, series }) => [names[0], series])).toEqual([
      ['calls_total', 9 * 30 * 15],
      ['db_calls_total', 0],
      ['compact_calls_total', 9 * 2 * 15],
      ['db_compact_calls_total', 0],
    ]);
    expect(forecast.series).toBe(forecast.services.reduce((sum, { series }) => sum + series, 0));
  });

  test('begins with a deployment all but the compact series, which know neither pod nor version', () => {
    expect(forecast.churn).toEqual({ perDeployment: 4_050, perDay: 4_050, expiration: '5m' });
    expect(forecast.seriesPerDay).toBe(forecast.series + 4_050);
  });
});

describe('the deliveries of the collector', () => {
  const { config, ...system } = loadSystem('config/dataprime-demo.yaml');

  const forecastWith = (collector: Partial<typeof config.collector>) => {
    const app = new App();
    new System(app, 'System', { ...system, config: { ...config, collector: { ...config.collector, ...collector } } });
    const files = renderApp(app).map(({ path, content }) => ({ file: `dist/${path}`, text: content }));
    const attributes = { 'db.system': ['postgresql'], 'db.namespace': ['orders', 'products'] };
    const operations = [{ name: 'SELECT', kind: 'client', attributes }];
    return forecastSystem(readModel(files), forecastSchema.parse({ services: { 'query-service': { operations } } }));
  };
  const rows = (collector: Partial<typeof config.collector>) =>
    forecastWith(collector).metrics.map(({ names, series }) => [names[0], series] as const);

  test('have the same series, those of databases and the compact ones included', () => {
    const manifests = rows({ delivery: 'manifests' });
    expect(manifests).toEqual(rows({ delivery: 'helm-values' }));
    expect(Object.fromEntries(manifests)).toMatchObject({
      db_calls_total: 2 * 2 * 15,
      compact_calls_total: 9 * 2 * 15,
      db_compact_calls_total: 2 * 2 * 15,
    });
  });

  test('leave out the same when they are switched off', () => {
    const dimensions = config.collector.spanMetrics.dimensions;
    const names = (delivery: 'helm-values' | 'manifests', compact: boolean, database: boolean) =>
      rows({ delivery, spanMetrics: { dimensions, compact, database } }).map(([name]) => name);
    for (const delivery of ['helm-values', 'manifests'] as const) {
      expect(names(delivery, false, false)).toEqual(['calls_total']);
      expect(names(delivery, false, true)).toEqual(['calls_total', 'db_calls_total']);
      expect(names(delivery, true, false)).toEqual(['calls_total', 'compact_calls_total']);
    }
  });

  test('are each advised in the words of what installs the collector', () => {
    const changes = (delivery: 'helm-values' | 'manifests') =>
      forecastWith({ delivery }).drops.map((one) => one.change);
    expect(changes('manifests').filter((change) => change.includes('presets.'))).toEqual([]);
    expect(changes('manifests')).toContain(
      'leave out connectors.spanmetrics/db; for synth, write collector.spanMetrics.database: false',
    );
    expect(changes('helm-values')).toContain('write presets.spanMetrics.dbMetrics.enabled: false');
  });
});

describe('a service', () => {
  test('is counted with the pods that it may have', () => {
    const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api } }
`;
    const series = (...texts: string[]) => forecastOf(documents(agent(), ...texts)).series;
    expect([series(service()), series(service(), autoscaler)]).toEqual([2 * 30 * 6, 5 * 30 * 6]);
  });

  test('of a DaemonSet has a pod on each node', () => {
    const daemons = deployment({ kind: 'DaemonSet', env: env() });
    expect(forecastOf(documents(agent(), daemons), { nodes: '3' }).services[0]?.pods).toBe(3);
  });

  test('is described by its service.name or by the name of its workload, or known from a sample', () => {
    const sample = (name: string): SpanSample => ({
      spanCount: 2,
      services: new Map([[name, { spans: [span('a'), span('b')], processes: 3 }]]),
    });
    const text = documents(agent(), service().replace('name: api', 'name: api-server'));
    const basis = (config: unknown, ofSample?: SpanSample) => {
      const [only] = forecastOf(text, config, ofSample).services;
      return [only?.basis, only?.labelSets];
    };
    expect(basis({})).toEqual(['assumed', 60]);
    expect(basis({ services: { api: { operations: '1' } } })).toEqual(['described', 6]);
    expect(basis({ services: { 'api-server': { operations: '1' } } })).toEqual(['described', 6]);
    expect(basis({ services: { api: { operations: '1' } } }, sample('api'))).toEqual(['sample', 12]);
    expect(basis({}, sample('other'))).toEqual(['assumed', 60]);
  });

  test('makes no series where its spans reach no collector that counts them', () => {
    const direct = forecastOf(documents(agent(), service(2, 'https://ingress.eu2.coralogix.com:443')));
    expect([direct.series, direct.notes.at(-1)]).toEqual([
      0,
      'api: its endpoint leads to no collector: npm run podhost -- explain gives the reason',
    ]);
    const notCounting = mounted({ config: countingSpans({ exporters: 'coralogix' }) });
    expect(forecastOf(documents(notCounting, service())).notes.at(-1)).toBe(
      'api: DaemonSet agent makes no span metrics',
    );
  });

  test('whose endpoint is not known is counted by the only collector that counts', () => {
    const unknown = forecastOf(documents(agent(), service(2, 'http://10.0.0.1:4317')));
    expect(unknown.series).toBe(360);
    expect(unknown.notes.at(-1)).toContain('DaemonSet agent is assumed');
    expect(forecastOf(service(2, 'http://10.0.0.1:4317')).notes.at(-1)).toContain(
      'the collector of its spans is not known',
    );
  });
});

describe('a limit', () => {
  const described = (operations: number) => ({ services: { api: { operations: String(operations) } } });

  test('of the collector counts for each pod; beyond it one series is left for all', () => {
    const text = documents(agent(', aggregation_cardinality_limit: 10'), service());
    const within = forecastOf(text, described(3));
    expect([isOver(within), within.caps[0], within.emittedSeries]).toEqual([
      false,
      { setting: 'aggregation_cardinality_limit', connector: 'spanmetrics', limit: 10, reached: 9, service: 'api' },
      108,
    ]);
    const beyond = forecastOf(text, described(4));
    expect([isOver(beyond), beyond.series, beyond.emittedSeries]).toEqual([true, 144, 11 * 2 * 6]);
  });

  test('of the resources that a collector keeps counts for each node', () => {
    const text = documents(agent(', resource_metrics_cache_size: 50'), service(120));
    const [onOneNode] = forecastOf(text, { nodes: '1' }).caps;
    const [onThree] = forecastOf(text, { nodes: '3' }).caps;
    expect([onOneNode?.reached, onThree?.reached, onThree?.limit]).toEqual([110, 40, 50]);
  });

  test('of the configuration counts for all series, and for those of a day', () => {
    const text = documents(agent(), service());
    const budgets = (config: Readonly<Record<string, string>>) => {
      const forecast = forecastOf(text, config);
      return [isOver(forecast), ...forecast.budgets.map(({ of, reached }) => [of, reached])];
    };
    expect(budgets({ budget: '360' })).toEqual([false, ['series', 360]]);
    expect(budgets({ budget: '359' })).toEqual([true, ['series', 360]]);
    expect(budgets({ budgetPerDay: '1000', deploymentsPerDay: '2' })).toEqual([true, ['seriesPerDay', 1_080]]);
  });
});

test('notes name what is described and is not there, and dimensions without bound', () => {
  const values = chartValues(
    'opentelemetry-agent: { presets: { spanMetrics: { extraDimensions: [{ name: url.full }] } } }\n',
  );
  const text = documents(values, service(1, 'http://10.0.0.1:4317'));
  const { notes } = forecastOf(text, { services: { web: {} } });
  expect(notes.slice(-2)).toEqual([
    'forecast.services.web: no workload and no service.name is called so',
    'url.full is a dimension, and most requests have a value of their own: spans that carry it are not counted',
  ]);
});

test('nothing makes no series', () => {
  const { series, notes } = forecastOf('');
  expect([series, notes]).toEqual([0, ['nothing that was read sends spans']]);
});
