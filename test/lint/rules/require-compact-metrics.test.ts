import { describe, expect, test } from 'vitest';
import { requireCompactMetrics as rule } from '../../../lib/lint/rules/require-compact-metrics.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { countingSpans, mounted, type PipelinesProps } from './support/mounted.ts';

const agent = (text: string) => chartValues(`opentelemetry-agent:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const own = (props: PipelinesProps = {}) => mounted({ config: countingSpans(props) });

const plain = 'spanmetrics: { namespace: "" }';
const twin = `${plain}\nspanmetrics/compact: { namespace: compact }`;
const compactMissing = 'APM v2 has no compact_calls_total and no compact_duration_ms_bucket';
const databaseMissing = 'the Databases page of APM v2 has no db_compact_calls_total';

describe('values of the chart', () => {
  test.each([
    ['compactMetrics: { enabled: false }', 'spanMetrics.compactMetrics', compactMissing],
    ['dbMetrics: { compactMetrics: { enabled: false } }', 'spanMetrics.dbMetrics.compactMetrics', databaseMissing],
  ])('reports %s', (text, path, missing) => {
    expect(report(rule, agent(`presets:\n  spanMetrics:\n    ${text}`))).toEqual([
      {
        at: `app.yaml:7:${text.indexOf('false') + 7}`,
        message: `${path} of the agent of app.yaml is off: ${missing}`,
        suggestion: 'write: enabled: true',
      },
    ]);
  });

  test('reports several connectors whose preset has the compact ones off until values switch them on', () => {
    const multi = (more: string) =>
      agent(`presets:\n  spanMetrics: { enabled: false }\n  spanMetricsMulti: { enabled: true${more} }`);
    expect(report(rule, multi(''))).toMatchObject([
      {
        message: `spanMetricsMulti.compactMetrics of the agent of app.yaml is off: ${compactMissing}`,
        suggestion: 'write: compactMetrics.enabled: true',
      },
    ]);
    expect(report(rule, multi(', compactMetrics: { enabled: true }'))).toEqual([]);
  });

  test('reports the plain chart, whose presets stand at the top', () => {
    const presets = (more: string) => `mode: daemonset
presets:
  coralogixExporter: { enabled: true }
  spanMetrics: { enabled: true${more} }
`;
    expect(report(rule, presets(', compactMetrics: { enabled: false }'))).toMatchObject([
      {
        at: 'app.yaml:4:60',
        message: `spanMetrics.compactMetrics of the collector of app.yaml is off: ${compactMissing}`,
      },
    ]);
    expect(report(rule, presets(''))).toEqual([]);
  });

  test.each([
    ['the chart’s own', 'mode: daemonset'],
    ['sums and counts alone', 'presets: { spanMetrics: { compactMetrics: { dropHistogram: true } } }'],
    ['no span metrics at all', 'presets: { spanMetrics: { enabled: false, compactMetrics: { enabled: false } } }'],
    [
      'no database metrics at all',
      'presets: { spanMetrics: { dbMetrics: { enabled: false, compactMetrics: { enabled: false } } } }',
    ],
    ['an agent that is off', 'enabled: false\npresets: { spanMetrics: { compactMetrics: { enabled: false } } }'],
    [
      'a connector by hand in its place',
      `presets: { spanMetrics: { compactMetrics: { enabled: false } } }
config:
  connectors: { spanmetrics/mine: { namespace: compact } }
  service:
    pipelines:
      traces/mine: { receivers: [otlp], exporters: [spanmetrics/mine] }
      metrics/mine: { receivers: [spanmetrics/mine], exporters: [coralogix] }`,
    ],
  ])('does not report %s', (_, text) => {
    expect(report(rule, agent(text))).toEqual([]);
  });
});

describe('a configuration of its own', () => {
  test('reports a connector without its compact one', () => {
    expect(report(rule, own())).toEqual([
      {
        at: 'app.yaml:11:20',
        message: `spanmetrics of DaemonSet agent has no connector with namespace: compact beside it: ${compactMissing}`,
        suggestion:
          'add a connector spanmetrics/compact with namespace: compact, with pipelines as in the example of the rule',
      },
    ]);
  });

  test('reports database metrics without the compact ones', () => {
    const connectors = `${twin}\nspanmetrics/db: { namespace: db }`;
    const ids = 'spanmetrics, spanmetrics/compact, spanmetrics/db';
    expect(report(rule, own({ connectors, exporters: `${ids}, coralogix`, metrics: ids }))).toMatchObject([
      {
        message: `spanmetrics/db of DaemonSet agent has no connector with namespace: db_compact beside it: ${databaseMissing}`,
      },
    ]);
  });

  test.each([
    ['that no pipeline of traces exports to', { exporters: 'spanmetrics, coralogix' }],
    ['that no pipeline of metrics receives', { metrics: 'spanmetrics' }],
  ])('reports a compact connector %s', (_, props) => {
    const ids = 'spanmetrics, spanmetrics/compact';
    const both = { connectors: twin, exporters: `${ids}, coralogix`, metrics: ids };
    expect(report(rule, own({ ...both, ...props }))).toHaveLength(1);
    expect(report(rule, own(both))).toEqual([]);
  });

  test('reports a connector whose metrics reach Coralogix through another', () => {
    const connectors = `${plain}\nforward/out: {}`;
    const config = (out = '') =>
      countingSpans({ connectors }).replace(/exporters: \[coralogix\]\n/, `exporters: [forward/out]\n${out}`);
    const out = '    metrics/out: { receivers: [forward/out], exporters: [coralogix] }\n';
    expect(report(rule, mounted({ config: config(out) }))).toHaveLength(1);
    expect(report(rule, mounted({ config: config() }))).toEqual([]);
  });

  test.each([
    ['another back end', own({ settings: 'exporters: { coralogix/x: {}, prometheusremotewrite: {} }', metrics: '' })],
    ['no span metrics', own({ exporters: 'coralogix', metrics: 'otlp' })],
    ['names that APM does not read in any case', own({ connectors: 'spanmetrics: { namespace: span }' })],
  ])('does not report %s', (_, text) => {
    expect(report(rule, text)).toEqual([]);
  });

  test('does not report a collector when the next one on the path of the spans makes the compact metrics', () => {
    const exporters = `exporters:
  coralogix: { domain: eu2.coralogix.com }
  otlp: { endpoint: gateway.otel:4317, tls: { insecure: true } }`;
    const first = own({ settings: exporters, exporters: 'spanmetrics, otlp' });
    const connectors = 'spanmetrics/compact: { namespace: compact }';
    const ids = 'spanmetrics/compact';
    const config = countingSpans({ connectors, exporters: `${ids}, coralogix`, metrics: ids });
    const gateway = mounted({ name: 'gateway', kind: 'Deployment', config });
    expect(report(rule, first)).toHaveLength(1);
    expect(report(rule, documents(first, gateway))).toEqual([]);
  });
});
