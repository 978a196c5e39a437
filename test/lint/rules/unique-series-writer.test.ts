import { expect, test } from 'vitest';
import { uniqueSeriesWriter as rule } from '../../../lib/lint/rules/unique-series-writer.ts';
import { chartValues } from './support/collectors.ts';
import { configuration, rendered, soundConnectors } from './support/configured.ts';
import { report } from './support/lint-text.ts';
import { mounted } from './support/mounted.ts';

const writers = (replicas: number, settings: string) =>
  mounted({
    kind: 'Deployment',
    config: configuration({ connectors: settings === '' ? soundConnectors : `${soundConnectors}\n  ${settings}` }),
  }).replace('spec:\n  selector: { matchLabels', `spec:\n  replicas: ${replicas}\n  selector: { matchLabels`);

test.each([
  [
    'several pods without the label',
    writers(3, 'exclude_dimensions: [collector.instance.id]'),
    {
      message: '3 pods of Deployment agent write the same series of spanmetrics: no label names the writer',
      suggestion:
        'take collector.instance.id out of exclude_dimensions, or send by loadbalancing with routing_key: service',
    },
  ],
  [
    'an old collector, which has no such label',
    writers(2, '').replace(':0.155.0', ':0.110.0'),
    { suggestion: 'write: replicas: 1, or send by loadbalancing with routing_key: service' },
  ],
  [
    'a label that is deleted again',
    writers(2, '')
      .replace(
        '    batch: {}',
        '    batch: {}\n      attributes/less: { actions: [{ key: collector.instance.id, action: delete }] }',
      )
      .replace(
        '[memory_limiter, batch], exporters: [coralogix]',
        '[memory_limiter, attributes/less], exporters: [coralogix]',
      ),
    { suggestion: 'leave collector.instance.id on the metrics: attributes/less deletes it' },
  ],
  [
    'a gateway of the chart',
    chartValues(
      `opentelemetry-gateway:\n  enabled: true\n  replicaCount: 2\n  presets: { spanMetrics: { enabled: true } }\n`,
    ),
    { message: '2 pods of the gateway of app.yaml write the same series of spanmetrics: no label names the writer' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['one pod', writers(1, 'exclude_dimensions: [collector.instance.id]')],
  ['the label', writers(3, '')],
  ['agents', rendered()],
  ['the agents of the chart', chartValues()],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
