import { expect, test } from 'vitest';
import { explainService } from '../../../lib/explain/explain-service.ts';
import { tracedContainers } from '../../../lib/forecast/traced-container.ts';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { oven } from '../operator/support.ts';

const values = { mode: 'daemonset', presets: { kubernetesAttributes: { enabled: true } } };
const upstream = 'https://open-telemetry.github.io/opentelemetry-helm-charts';
const fork = 'https://cgx.jfrog.io/artifactory/coralogix-charts-virtual';

const sender = oven({
  env: {
    OTEL_SERVICE_NAME: 'oven',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(HOST_IP):4317',
  },
});
const { template } = sender.spec;
const [container] = template.spec.containers;
const hostIp = { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
const env = [hostIp, ...(container?.env ?? [])];
const app = { ...sender, spec: { template: { ...template, spec: { containers: [{ ...container, env }] } } } };

function judged(files: Readonly<Record<string, object>>) {
  const sources = Object.entries({ 'app.yaml': app, ...files }).map(([file, value]) => ({ file, text: toYaml(value) }));
  const { model, result } = lintSources(sources);
  return {
    model,
    findings: result.findings.map(({ level, rule, place }) => `${place.file} ${level} ${rule.id}`),
    messages: result.findings.map(({ message, suggestion }) => `${message}: ${suggestion}`),
  };
}

const dependency = (repository: string) => ({
  apiVersion: 'v2',
  name: 'bakery',
  version: '1.0.0',
  dependencies: [{ name: 'opentelemetry-collector', version: '0.135.4', repository }],
});

const argo = (repoURL: string) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'otel', namespace: 'argocd' },
  spec: {
    destination: { namespace: 'telemetry' },
    source: { repoURL, chart: 'opentelemetry-collector', targetRevision: '0.135.4', helm: { valuesObject: values } },
  },
});

const flux = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'otel', namespace: 'telemetry' },
  spec: {
    chart: { spec: { chart: 'opentelemetry-collector', sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
    values,
  },
};

const helmRepository = (url: string) => ({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'HelmRepository',
  metadata: { name: 'charts', namespace: 'telemetry' },
  spec: { url },
});

const k3s = (repo: string) => ({
  apiVersion: 'helm.cattle.io/v1',
  kind: 'HelmChart',
  metadata: { name: 'otel', namespace: 'kube-system' },
  spec: { repo, chart: 'opentelemetry-collector', targetNamespace: 'telemetry', valuesContent: toYaml(values) },
});

const umbrella = (repository: string) => ({
  'c/Chart.yaml': dependency(repository),
  'c/values.yaml': { 'opentelemetry-collector': values },
});

const shapes: readonly (readonly [string, (repository: string) => Readonly<Record<string, object>>])[] = [
  ['a dependency of a Chart.yaml', umbrella],
  ['an Application', (repository) => ({ 'argo.yaml': argo(repository) })],
  ['a HelmRelease', (repository) => ({ 'flux.yaml': flux, 'repository.yaml': helmRepository(repository) })],
  ['a HelmChart of k3s', (repository) => ({ 'k3s.yaml': k3s(repository) })],
];

test.each(shapes)('of the chart of OpenTelemetry in %s nothing is claimed', (_, files) => {
  const { model, findings } = judged(files(upstream));
  expect(model.values.map(({ publisher }) => publisher)).toEqual(['opentelemetry']);
  expect(findings.filter((finding) => !finding.includes(' note '))).toEqual([]);
  expect(findings.filter((finding) => finding.endsWith('note no-unread-input'))).toHaveLength(1);
  const hops = explainService(model, 'oven')?.hops ?? [];
  expect(hops.map(({ status }) => status)).not.toContain('broken');
  expect(hops.find(({ name }) => name === 'receiver')?.reasons).toMatchObject([
    { message: 'its chart is the one of OpenTelemetry, whose templates are not known' },
  ]);
  expect(tracedContainers(model)).toMatchObject([
    { reason: expect.stringMatching(/^the configuration of .* was not read$/) },
  ]);
});

test.each(shapes)('the chart of Coralogix in %s without span metrics is an error', (_, files) => {
  const { model, findings } = judged(files(fork));
  expect(model.values.map(({ publisher }) => publisher)).toEqual(['coralogix']);
  expect(findings.filter((finding) => finding.includes(' error '))).toEqual([
    expect.stringMatching(/ error require-span-metrics-collector$/),
    expect.stringMatching(/ error require-whole-path$/),
  ]);
  expect(findings.filter((finding) => finding.endsWith('no-unread-input'))).toEqual([]);
});

test('the Chart.yaml beside a values file decides whose chart it is', () => {
  const chart = (source: string) => ({
    apiVersion: 'v2',
    name: 'opentelemetry-collector',
    version: '0.1.0',
    sources: [source],
  });
  const publisher = (source: string) =>
    judged({ 'c/Chart.yaml': chart(source), 'c/values.yaml': values }).model.values.map((found) => found.publisher);
  expect(publisher('https://github.com/coralogix/opentelemetry-helm-charts')).toEqual(['coralogix']);
  expect(publisher('https://github.com/open-telemetry/opentelemetry-collector')).toEqual(['opentelemetry']);
});

test('values of a plain chart that nothing tells apart are read as those of Coralogix, which is said', () => {
  const { findings, messages } = judged({ 'values.yaml': values });
  expect(findings).toContain('values.yaml note no-unread-input');
  expect(messages).toContainEqual(
    expect.stringContaining('nothing in it tells that chart from the one of OpenTelemetry'),
  );
});

test('span metrics of the plain chart of Coralogix are switched on at the top of its values', () => {
  const { messages } = judged({ 'values.yaml': { ...values, global: { domain: 'eu2.coralogix.com' } } });
  expect(messages).toContain(
    'the collector of values.yaml makes no span metrics of what Deployment oven sends: write at the top: presets: { spanMetrics: { enabled: true } }',
  );
});
