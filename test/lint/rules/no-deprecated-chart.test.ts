import { expect, test } from 'vitest';
import { noDeprecatedChart as rule } from '../../../lib/lint/rules/no-deprecated-chart.ts';
import { report } from './support/lint-text.ts';
import { deployment } from './support/manifests.ts';

test.each([
  [
    'an Application of Argo CD',
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: otel }\nspec: { source: { chart: opentelemetry-coralogix, repoURL: a, targetRevision: 0.0.100 } }\n',
    {
      at: 'app.yaml:4:26',
      message: 'Application otel installs the chart opentelemetry-coralogix, which is deprecated',
    },
  ],
  [
    'a HelmRelease of Flux',
    'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: otel }\nspec: { chart: { spec: { chart: otel-infrastructure-collector } } }\n',
    { message: 'HelmRelease otel installs the chart otel-infrastructure-collector, which is deprecated' },
  ],
  [
    'a HelmChart of k3s',
    'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: { name: otel }\nspec: { chart: coralogix/opentelemetry-coralogix }\n',
    { message: 'HelmChart otel installs the chart opentelemetry-coralogix, which is deprecated' },
  ],
  [
    'a render',
    deployment().replace(
      '  namespace: shop\n',
      '  namespace: shop\n  labels: { helm.sh/chart: opentelemetry-coralogix-0.0.110 }\n',
    ),
    { message: 'Deployment api is of the chart opentelemetry-coralogix, which is deprecated' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'its successor',
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: otel }\nspec: { source: { chart: otel-integration, repoURL: a, targetRevision: 0.0.331 } }\n',
  ],
  ['a Deployment without a chart', deployment()],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
