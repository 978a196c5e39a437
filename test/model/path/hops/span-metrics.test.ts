import { describe, expect, test } from 'vitest';
import {
  explained,
  explainedSmall,
  hopMessages,
  hopOf,
  marksOf,
  messagesOf,
} from '../../../explain/support/explained.ts';
import { connector, settings, smallSystem } from '../../support/small-system.ts';

test('tells the dimensions and what sends the metrics', () => {
  expect(messagesOf('spanmetrics', { connector: { ...connector, dimensions: [{ name: 'http.route' }] } })).toEqual([
    '✓ the span is counted in calls_total and duration_ms_bucket',
    'spanmetrics of DaemonSet agent has the dimensions http.route',
    'pipeline metrics sends what it counts',
  ]);
});

const withoutName = { ...settings, resource: { attributes: [{ key: 'service.name', action: 'delete' }] } };

describe('breaks', () => {
  test.each([
    ['no connector', { exporters: ['coralogix'] }, 'DaemonSet agent makes no span metrics'],
    [
      'nothing that receives from it',
      { metrics: { receivers: ['otlp'] } },
      'spanmetrics counts the span, and the metrics go nowhere',
    ],
    [
      'a sampler before',
      {
        processors: ['k8sattributes', 'probabilistic_sampler'],
        settings: { ...settings, probabilistic_sampler: { sampling_percentage: 10 } },
      },
      'spanmetrics counts only what is sampled',
    ],
    [
      'a processor that deletes the name of the service',
      { processors: ['k8sattributes', 'resource'], settings: withoutName },
      'spanmetrics does not count the span',
    ],
    [
      'a namespace',
      { connector: { ...connector, namespace: 'span' } },
      'spanmetrics makes span_calls_total and span_duration_ms_bucket',
    ],
    [
      'no namespace',
      { connector: {} },
      'spanmetrics makes traces_span_metrics_calls_total and traces_span_metrics_duration_ms_bucket',
    ],
    [
      'seconds',
      { connector: { ...connector, histogram: { unit: 's' } } },
      'spanmetrics makes calls_total and duration_seconds_bucket',
    ],
    [
      'no histogram',
      { connector: { ...connector, histogram: { disable: true } } },
      'spanmetrics makes calls_total and no durations',
    ],
    [
      'a label left out',
      { connector: { ...connector, exclude_dimensions: ['span.kind'] } },
      'calls_total has no label span.kind',
    ],
  ])('with %s', (_, props, message) => {
    const explanation = explainedSmall(props);
    expect(hopOf(explanation, 'spanmetrics')).toMatchObject({ status: 'broken', message, place: { file: 'app.yaml' } });
    expect(marksOf(explanation)).toMatch(/^✓✓✓(✓✓|✗\?|✓✗)✗\?\?$/);
    expect(explanation.series).toBeUndefined();
  });
});

test('accepts a dimension that is equal to a reserved one only as a label', () => {
  const explanation = explainedSmall({ connector: { ...connector, dimensions: [{ name: 'status_code' }] } });
  expect(hopOf(explanation, 'spanmetrics').status).toBe('ok');
  expect(explanation.series?.labels.find(({ name }) => name === 'status_code')).toEqual({
    name: 'status_code',
    attributes: ['status.code', 'status_code'],
    from: "STATUS_CODE_UNSET, _OK or _ERROR; or the span's status_code, where it has one",
  });
});

test('names that another back end reads are not judged', () => {
  const other = { 'otlp/other': { endpoint: 'https://tempo.example.org:4317' } };
  const text = smallSystem({
    connector: {},
    exporters: ['spanmetrics', 'otlp/other'],
    exporterSettings: other,
    metrics: { exporters: ['otlp/other'] },
  }).replace(/^ {6}coralogix:\n( {8}.*\n)+/m, '');
  expect(hopMessages(explained(text), 'spanmetrics')[0]).toBe(
    '✓ the span is counted in traces_span_metrics_calls_total and traces_span_metrics_duration_ms_bucket',
  );
});
