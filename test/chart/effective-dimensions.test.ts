import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderChart } from '../../lib/chart/chart.ts';
import {
  chartDefaultDimensions,
  errorTrackingDimensions,
  serviceVersionDimension,
} from '../../lib/chart/dimensions.ts';
import { connectorDimensions, effectiveDimensions, renderedDimensions } from '../../lib/chart/effective-dimensions.ts';
import { subChart } from '../../lib/chart/names.ts';
import { helmValues } from '../../lib/chart/values/helm-values.ts';
import { mappingAt, valueAt } from '../../lib/yaml/value.ts';
import { agentOf } from '../model/support/chart.ts';
import { tries } from '../support/tries.ts';

const names = (agent: unknown): string[] =>
  effectiveDimensions({ 'opentelemetry-agent': agent }).map(({ name }) => name);
const preset = (spanMetrics: unknown): string[] => names({ presets: { spanMetrics } });
const connector = (spanmetrics: unknown): string[] => names({ config: { connectors: { spanmetrics } } });

const appended = [...errorTrackingDimensions, serviceVersionDimension];
const untouched = [...chartDefaultDimensions, ...appended];

// Every expectation here is what `helm template` of the chart 0.0.331 gives for the same values.
describe('the dimensions of the span metrics', () => {
  test.each([
    ['no values', undefined],
    ['values of other parts', { global: { domain: 'eu2.coralogix.com' } }],
    ['a top-level presets block, which the chart ignores', { presets: { spanMetrics: { extraDimensions: [] } } }],
  ])("are the chart's own with %s", (_, values) => {
    expect(effectiveDimensions(values).map(({ name }) => name)).toEqual(untouched);
  });

  test('say where each comes from', () => {
    expect(effectiveDimensions({}).map(({ name, origin }) => `${name} (${origin})`)).toMatchInlineSnapshot(`
      [
        "http.method (chart-default)",
        "cgx.transaction (chart-default)",
        "cgx.transaction.root (chart-default)",
        "status_code (chart-default)",
        "db.namespace (chart-default)",
        "db.operation.name (chart-default)",
        "db.collection.name (chart-default)",
        "db.system (chart-default)",
        "graphql.operation.type (chart-default)",
        "http.response.status_code (error-tracking)",
        "rpc.grpc.status_code (error-tracking)",
        "service.version (service-version)",
      ]
    `);
  });

  test("are a given list instead of the chart's, and what the chart appends", () => {
    expect(preset({ extraDimensions: [{ name: 'a' }, { name: 'b', default: 'x' }] })).toEqual(['a', 'b', ...appended]);
  });

  test.each([null, []])('lose the list when it is %j', (extraDimensions) => {
    expect(preset({ extraDimensions })).toEqual(appended);
  });

  test('keep the pattern of an entry that names several attributes', () => {
    expect(preset({ extraDimensions: [{ glob: 'k8s.*' }] })).toEqual(['k8s.*', ...appended]);
  });

  test('show a name that is there twice', () => {
    expect(preset({ extraDimensions: [{ name: 'service.version' }] })).toEqual(['service.version', ...appended]);
  });

  test.each([
    [{ errorTracking: { enabled: false } }, [serviceVersionDimension]],
    [{ serviceVersion: { enabled: false } }, errorTrackingDimensions],
    [{ serviceVersion: { enabled: null } }, errorTrackingDimensions],
    [{ serviceVersion: {} }, appended],
    [{ errorTracking: { enabled: false }, serviceVersion: { enabled: false } }, []],
  ])('have only what %j lets the chart append', (switches, expected) => {
    expect(preset(switches)).toEqual([...chartDefaultDimensions, ...expected]);
  });

  test.each([
    ['the preset is off', { presets: { spanMetrics: { enabled: false } } }],
    ['the preset is neither on nor off', { presets: { spanMetrics: { enabled: null } } }],
    ['the agent is off', { enabled: false }],
    ['the agent has no values', null],
    [
      'the preset is off and no pipeline uses the connector',
      { presets: { spanMetrics: { enabled: false } }, config: { connectors: { spanmetrics: { dimensions: [] } } } },
    ],
  ])('are none when %s', (_, agent) => {
    expect(names(agent)).toEqual([]);
  });

  test("are the connector's own list alone when its configuration has one", () => {
    expect(connector({ dimensions: [{ name: 'z' }] })).toEqual(['z']);
    expect(connector({ dimensions: [] })).toEqual([]);
    expect(connector({ dimensions: null })).toEqual([]);
    expect(connector(null)).toEqual([]);
    expect(connector({ histogram: { unit: 's' } })).toEqual(untouched);
  });

  test('are those of a connector that the values configure and use without the preset', () => {
    const agent = {
      presets: { spanMetrics: { enabled: false } },
      config: {
        connectors: { spanmetrics: { dimensions: [{ name: 'z' }] } },
        service: { pipelines: { traces: { exporters: ['spanmetrics'] } } },
      },
    };
    expect(effectiveDimensions({ 'opentelemetry-agent': agent })).toEqual([{ name: 'z', origin: 'connector-config' }]);
  });

  test.each([[], 'text', 7, null, { presets: [] }, { presets: { spanMetrics: 'on' } }])(
    'are found in values of any shape, such as %j',
    (agent) => {
      expect(() => names(agent)).not.toThrow();
    },
  );
});

describe('for any values', () => {
  const entry = fc.oneof(
    fc.record({ name: fc.constantFrom('a', 'http.method', 'service.version', '', 7, null) }),
    fc.record({ glob: fc.constant('k8s.*') }),
    fc.constantFrom('text', 7, null, [], {}),
  );
  const list = fc.oneof({ weight: 4, arbitrary: fc.array(entry, { maxLength: 4 }) }, fc.constantFrom(null, 'a', {}));
  const enabled = fc.option(fc.record({ enabled: fc.constantFrom(true, false, null, 'false', '') }));
  const switches = { errorTracking: enabled, serviceVersion: enabled, enabled: fc.constantFrom(true, false, null) };
  const preset = fc.record(
    { ...switches, extraDimensions: list, dbMetrics: fc.record({ enabled: fc.boolean(), extraDimensions: list }) },
    { requiredKeys: [] },
  );
  const byHand = fc.record({ dimensions: list, histogram: fc.constant({ unit: 'ms' }) }, { requiredKeys: [] });
  const ids = fc.constantFrom('spanmetrics', 'spanmetrics/db', 'spanmetrics/mine');
  const agent = fc.record(
    {
      presets: fc.record({ spanMetrics: preset, spanMetricsMulti: fc.record({ enabled: fc.boolean() }) }),
      config: fc.record({ connectors: fc.dictionary(ids, fc.option(byHand)) }),
    },
    { requiredKeys: [] },
  );

  test('they are those of the configuration, in its order, each from what wrote it', () => {
    fc.assert(
      fc.property(agent, (values) => {
        const collector = agentOf(values);
        const { rendered, config, dimensions } = collector;
        const connectors = Object.entries(mappingAt(config, 'connectors'));
        for (const [id, settings] of connectors) {
          const found = rendered === undefined ? [] : connectorDimensions(rendered, id);
          expect(found.map(({ name }) => name)).toEqual(namesIn(settings));
          expect(found.filter(({ origin }) => origin === 'connector-config').map(({ name }) => name)).toEqual(
            namesIn(values.config?.connectors?.[id]),
          );
        }
        expect(dimensions).toEqual(effectiveDimensions({ 'opentelemetry-agent': values }));
      }),
    );
  });

  /** Entries that name something. */
  const namesIn = (settings: unknown): string[] => {
    const dimensions = valueAt(settings, 'dimensions');
    return (Array.isArray(dimensions) ? dimensions : []).flatMap((each: unknown) => {
      const name = valueAt(each, 'name') ?? valueAt(each, 'glob') ?? (typeof each === 'object' ? undefined : each);
      return name === undefined || name === null ? [] : [String(name)];
    });
  };
});

test.each<[string, Record<string, unknown>]>([
  ['no values', {}],
  ['all collectors on', { 'opentelemetry-gateway': { enabled: true }, 'opentelemetry-cluster-collector': null }],
  ['values that all collectors share', { global: { extraDimensions: ['a'], clusterName: 'c' } }],
  ['a dimension of the agent', { 'opentelemetry-agent': { presets: { spanMetrics: { extraDimensions: ['a'] } } } }],
  ['no agent', { 'opentelemetry-agent': { enabled: false } }],
  ['an agent that is no mapping', { 'opentelemetry-agent': 'off' }],
])('the agent alone has the dimensions that it has beside the other collectors, with %s', (_, values) => {
  const { collectors } = renderChart('otel-integration', values, { name: 'release', namespace: 'default' });
  const agent = collectors.find(({ chart }) => chart.alias === subChart.agent);
  expect(effectiveDimensions(values)).toEqual(agent === undefined ? [] : connectorDimensions(agent, 'spanmetrics'));
});

test('values of one system have the dimensions of the rendered chart', () => {
  const name = fc.oneof(
    fc.constantFrom(...chartDefaultDimensions, ...errorTrackingDimensions, serviceVersionDimension),
    fc.stringMatching(/^[a-z][a-zA-Z0-9_.*-]{0,20}$/),
    fc.string(),
  );
  const policy = fc.constant({ name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } });
  const props = fc.record({
    domain: fc.constantFrom('eu2.coralogix.com', 'coralogix.com'),
    clusterName: fc.oneof(fc.constantFrom('no', '1e3', '{{ x }}', '$(A)'), fc.string({ minLength: 1 })),
    environment: fc.oneof(fc.constantFrom('production', '1e3', '{{ .Values }}'), fc.string({ minLength: 1 })),
    provider: fc.constantFrom('on-prem', 'aws', 'gcp', 'azure'),
    dimensions: fc.array(name, { maxLength: 6 }),
    compact: fc.boolean(),
    database: fc.boolean(),
    loadBalancing: fc.record({ enabled: fc.boolean(), policies: fc.array(policy, { maxLength: 2 }) }),
  });
  fc.assert(
    fc.property(props, (of) => {
      const values = helmValues(of);
      expect(effectiveDimensions(values)).toEqual(renderedDimensions(values));
    }),
    tries(200),
  );
});
