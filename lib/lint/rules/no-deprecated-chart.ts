import type { Manifest } from '../../model/manifest.ts';
import type { Model } from '../../model/model.ts';
import { listAt, type Path, textAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const noDeprecatedChart: Rule = {
  id: 'no-deprecated-chart',
  severity: 'warning',
  documentation: {
    summary: 'Reports charts of Coralogix that `otel-integration` has replaced.',
    why: 'The charts `opentelemetry-coralogix` and `otel-infrastructure-collector` are deprecated and only maintained. They have neither the presets for span metrics as APM reads them nor the collector versions that these need, and nothing that is said about `otel-integration` holds for them.',
    remediation: 'Install `otel-integration`, and move the values below its sub-charts.',
    example: `source:
  chart: otel-integration
  repoURL: https://cgx.jfrog.io/artifactory/coralogix-charts-virtual
  targetRevision: 0.0.331`,
    see: [
      'https://github.com/coralogix/telemetry-shippers/tree/master/otel-agent',
      'https://github.com/coralogix/telemetry-shippers/tree/master/otel-integration/k8s-helm',
    ],
  },
  check: (model) => [...model.manifests.flatMap(namedChart), ...renderedCharts(model), ...dependencies(model)],
};

const deprecated = /^(opentelemetry-coralogix(-windows)?|otel-infrastructure-collector|otel-agent)$/;

const messageOf = (chart: string, where: string) => ({
  message: `${where} installs the chart ${chart}, which is deprecated`,
  suggestion:
    'write: otel-integration, and move the values below opentelemetry-agent and opentelemetry-cluster-collector',
});

/** Where objects of Argo CD, Flux and k3s name a chart. */
function chartPaths(manifest: Manifest): Path[] {
  switch (manifest.kind) {
    case 'Application':
      return [
        ['spec', 'source', 'chart'],
        ...listAt(manifest.value, 'spec', 'sources').map((_, index) => ['spec', 'sources', index, 'chart']),
      ];
    case 'HelmRelease':
      return [['spec', 'chart', 'spec', 'chart']];
    case 'HelmChart':
      return [
        ['spec', 'chart'],
        ['spec', 'chart', 'spec', 'chart'],
      ];
    default:
      return [];
  }
}

const namedChart = (manifest: Manifest): RuleFinding[] =>
  manifest.isBuiltIn
    ? []
    : chartPaths(manifest).flatMap((path) => {
        const chart = textAt(manifest.value, ...path)?.replace(/^.*\//, '');
        return chart !== undefined && deprecated.test(chart)
          ? [{ ...messageOf(chart, manifest.title), place: manifest.place(path), manifest }]
          : [];
      });

const label = ['metadata', 'labels', 'helm.sh/chart'];

/** One finding for each chart of a render: all objects have the label. */
function renderedCharts({ workloads }: Model): RuleFinding[] {
  const found = new Map<string, RuleFinding>();
  for (const { manifest } of workloads) {
    const written = textAt(manifest.value, ...label) ?? '';
    const chart = written.replace(/-\d+\.\d+\.\d+.*$/, '');
    if (deprecated.test(chart) && !found.has(written)) {
      found.set(written, {
        message: `${manifest.title} is of the chart ${chart}, which is deprecated`,
        suggestion: messageOf(chart, '').suggestion,
        place: manifest.place(label),
        manifest,
      });
    }
  }
  return [...found.values()];
}

/** `Chart.yaml` of an umbrella chart. */
const dependencies = ({ unknown }: Model): RuleFinding[] =>
  unknown.flatMap((document) =>
    /(^|\/)Chart\.yaml$/.test(document.file)
      ? listAt(document.value, 'dependencies').flatMap((dependency, index) => {
          const chart = textAt(dependency, 'name') ?? '';
          return deprecated.test(chart)
            ? [{ ...messageOf(chart, document.file), place: document.place(['dependencies', index, 'name']) }]
            : [];
        })
      : [],
  );
