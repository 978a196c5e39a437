import { expect, test } from 'vitest';
import { publisherOfChart, publisherOfRepository, publisherOfValues } from '../../lib/chart/publisher.ts';

test.each([
  ['https://cgx.jfrog.io/artifactory/coralogix-charts-virtual', 'coralogix'],
  ['https://github.com/coralogix/opentelemetry-helm-charts.git', 'coralogix'],
  ['https://open-telemetry.github.io/opentelemetry-helm-charts', 'opentelemetry'],
  ['oci://ghcr.io/open-telemetry/opentelemetry-helm-charts/opentelemetry-collector', 'opentelemetry'],
  ['https://charts.example.com', 'unknown'],
  [undefined, 'unknown'],
] as const)('the repository %s holds the chart of %s', (address, expected) => {
  expect(publisherOfRepository(address)).toBe(expected);
});

test.each([
  [{ sources: ['https://github.com/coralogix/opentelemetry-helm-charts', 'https://opentelemetry.io/'] }, 'coralogix'],
  [{ sources: ['https://github.com/open-telemetry/opentelemetry-collector'] }, 'opentelemetry'],
  [{ home: 'https://opentelemetry.io/' }, 'opentelemetry'],
  [{ home: 'https://charts.example.com' }, 'unknown'],
] as const)('a Chart.yaml with %j is that of the chart of %s', (chart, expected) => {
  expect(publisherOfChart(chart)).toBe(expected);
});

test.each([
  [{ global: { domain: 'eu2.coralogix.com' } }, 'coralogix'],
  [{ presets: { spanMetrics: { enabled: true } } }, 'coralogix'],
  [{ provider: 'on-prem', image: { repository: 'otel/opentelemetry-collector-contrib' } }, 'coralogix'],
  [{ image: { repository: 'otel/opentelemetry-collector-k8s' } }, 'opentelemetry'],
  [
    { image: { repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s' } },
    'opentelemetry',
  ],
  [{ presets: { annotationDiscovery: { logs: { enabled: true } } } }, 'opentelemetry'],
  [{ alternateConfig: { receivers: {} } }, 'opentelemetry'],
  [{ image: { repository: 'coralogixrepo/coralogix-otel-collector' } }, 'coralogix'],
  [{ mode: 'daemonset', presets: { kubernetesAttributes: { enabled: true } } }, 'unknown'],
] as const)('the values %j are for the chart of %s', (values, expected) => {
  expect(publisherOfValues(values)).toBe(expected);
});
