import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RenderRequest } from '../../lib/chart/chart-renderer.ts';
import { helmRenderer } from '../../lib/helm/helm-renderer.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ensureParts } from './ensure.ts';
import { run } from './process.ts';

/** A chart with the name of one that is known, a schema, and a template that stops by itself. */
const files = {
  'Chart.yaml': `apiVersion: v2
name: opentelemetry-collector
version: 0.9.9
home: https://github.com/open-telemetry/opentelemetry-helm-charts
`,
  'values.yaml': 'mode: daemonset\nexporter: debug\n',
  'values.schema.json': '{ "type": "object", "properties": { "exporter": { "type": "string" } } }',
  'templates/configmap.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
data:
  relay: |
    receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } }
    exporters: { {{ .Values.exporter }}: {} }
    service: { pipelines: { traces: { receivers: [otlp], exporters: [{{ .Values.exporter }}] } } }
`,
  'templates/daemonset.yaml': `{{- if eq .Values.exporter "logging" }}{{ fail "the exporter is gone" }}{{ end }}
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }
spec:
  template:
    metadata: { labels: { kubernetes: {{ .Capabilities.KubeVersion.Version | quote }} } }
    spec:
      containers: [{ name: collector, image: collector, ports: [{ name: otlp, containerPort: 4317, hostPort: 4317 }] }]
      volumes: [{ name: configuration, configMap: { name: {{ .Release.Name }} } }]
`,
};

let chart: string;
let helm: string;

beforeAll(async () => {
  helm = (await ensureParts()).helm;
});

beforeEach(() => {
  chart = join(temporaryFolder().path, 'opentelemetry-collector');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(chart, name)), { recursive: true });
    writeFileSync(join(chart, name), text);
  }
  vi.stubEnv('PODHOST_HELM', helm);
  vi.stubEnv('HELM_REPOSITORY_CACHE', join(dirname(chart), 'cache'));
});

afterEach(() => vi.unstubAllEnvs());

const request: RenderRequest = {
  chart: 'opentelemetry-collector',
  publisher: 'opentelemetry',
  version: undefined,
  release: { name: 'otel', namespace: 'telemetry' },
  values: {},
  folders: [],
};
const values = (text: string) => [{ file: 'values.yaml', text }];
const props = () => ({ valuesFiles: ['values.yaml'], renderer: helmRenderer({ chart }) });

describe('the real helm', () => {
  test('renders a chart of which the built-in model knows nothing', () => {
    const text = 'mode: daemonset\nalternateConfig: {}\nconfig: {}\nexporter: nop\n';
    const { collectors, unread } = readModel(values(text), props());
    expect(unread).toEqual([]);
    expect(collectors).toMatchObject([
      {
        chart: { name: 'opentelemetry-collector', version: '0.9.9', isAssumed: false },
        onEveryNode: true,
        hostPorts: [4317],
        listeners: [{ host: '0.0.0.0', port: 4317 }],
        pipelines: { all: [{ id: 'traces', receivers: ['otlp'], processors: [], exporters: ['nop'] }] },
      },
    ]);
  });

  test.each([
    ['exporter: logging', 'the exporter is gone'],
    ['exporter: [a]', '/exporter'],
  ])('refuses %s by a reason that is the finding', (exporter, reason) => {
    const { result } = lintSources(values(`mode: daemonset\nalternateConfig: {}\nconfig: {}\n${exporter}\n`), props());
    expect(result.findings.filter(({ level }) => level === 'error')).toMatchObject([
      { rule: { id: 'valid-sub-chart-value' }, message: expect.stringContaining(reason) },
    ]);
  });

  test('finds the chart in its cache by version, and fetches nothing', async () => {
    await run(helm, ['package', chart, '--destination', join(dirname(chart), 'cache')]);
    expect(helmRenderer()({ ...request, version: '0.9.9' })).toMatchObject({ kind: 'rendered' });
    expect(helmRenderer()({ ...request, version: '0.9.8' })).toMatchObject({ kind: 'unavailable' });
    expect(helmRenderer()({ ...request, publisher: 'coralogix' })).toMatchObject({ kind: 'unavailable' });
  });

  test('renders for a version of Kubernetes', () => {
    expect(helmRenderer({ chart, kubeVersion: '1.29.4' })(request)).toMatchObject({
      manifests: expect.stringContaining('kubernetes: "v1.29.4"'),
    });
  });

  test('fails for a missing dependency, which is no refusal of the values', () => {
    const broken = join(dirname(chart), 'broken');
    cpSync(chart, broken, { recursive: true });
    const dependency = 'dependencies: [{ name: other, version: 1.0.0, repository: https://charts.example.com }]\n';
    writeFileSync(join(broken, 'Chart.yaml'), files['Chart.yaml'] + dependency);
    expect(helmRenderer({ chart: broken })(request)).toEqual({
      kind: 'unavailable',
      reason: expect.stringMatching(/^helm fails with .*missing in charts\/ directory: other$/),
    });
  });
});
