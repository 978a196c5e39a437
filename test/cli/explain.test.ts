import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { application, type SmallSystemProps, smallSystem } from '../model/support/small-system.ts';
import { loadedPackages } from '../support/loaded-packages.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

function folderWith(text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.yaml'), text);
  return folder;
}

const folder = (props: SmallSystemProps = {}): string => folderWith(smallSystem(props));

describe('exit status', () => {
  test('is 0 for a path that is whole; without a path it is that of dist', async () => {
    const { status, stdout, stderr } = await capturedRun('explain', 'api-gateway');
    expect([status, stderr.replace(/^otel-integration 0\.0\.331 is (read|rendered) by .*\n/, '')]).toEqual([
      0,
      'coverage: 9 workloads judged, 9 configured with OTLP, 0 not instrumented; 3 collectors understood\n',
    ]);
    expect(stdout).toMatch(/^✓ api-gateway \(Deployment api-gateway, namespace dataprime-demo\): every span arrives/);
    expect(stdout).toContain('dist/10-config.yaml:17:32');
  });

  test('is 1 for a broken hop', async () => {
    const { status, stdout } = await capturedRun('explain', 'api', folder({ env: { OTEL_SDK_DISABLED: 'true' } }));
    expect(status).toBe(1);
    expect(stdout).toContain('breaks at SDK: sends no spans: it is switched off');
    expect(stdout).toContain('npm run podhost -- lint reports the text to write instead.');
  });

  test('is 0 where nothing is broken and something is not known', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example.org:4317' };
    const { status, stdout } = await capturedRun('explain', 'api', folder({ env }));
    expect([status, stdout.slice(0, 2)]).toEqual([0, '? ']);
  });

  test.each([
    ['api-gatway', 'write: api-gateway'],
    ['dataprime-demo/api-gatway', 'write: api-gateway'],
    ['nothing-like-it', 'name one of them, or another folder'],
  ])('is 2 for the unknown service %s', async (service, suggestion) => {
    const { status, stdout } = await capturedRun('explain', service);
    expect(status).toBe(2);
    expect(stdout).toContain(`nothing in dist is called ${service}: there are api-gateway, external-api-service,`);
    expect(stdout).not.toContain('redis');
    expect(stdout).toContain(suggestion);
  });

  test('is 2 where nothing runs, and where a path leads nowhere', async () => {
    const empty = folderWith('apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n');
    const { status, stdout } = await capturedRun('explain', 'api', empty);
    expect([status, stdout]).toEqual([2, expect.stringContaining('no pod there would send spans')]);
    expect((await capturedRun('explain', 'api', 'not-there')).status).toBe(2);
  });

  test('is 2 for a name that several have, until its namespace or kind is given', async () => {
    const more = [application({ namespace: 'other' }), application({ kind: 'CronJob' })];
    const path = folder({ more });
    const { status, stdout } = await capturedRun('explain', 'api', path);
    expect(status).toBe(2);
    expect(stdout).toContain('write: shop/deployment/api or other/deployment/api or shop/cronjob/api');
    expect((await capturedRun('explain', 'other/api', path)).status).toBe(0);
    expect((await capturedRun('explain', 'shop/cronjob/api', path)).stdout).toContain('(CronJob api, namespace shop)');
  });

  test.each([[[]], [['api', '--format', 'xml']], [['api', '--no-such-option']]])('is 2 for %j', async (args) => {
    expect((await capturedRun('explain', ...args)).status).toBe(2);
  });
});

test.each([
  ['json', '{\n  "version": 1,\n  "service": "api",\n'],
  ['mermaid', '```mermaid\nflowchart TD\n'],
  ['text', '✓ api '],
])('%s begins as it should', async (format, beginning) => {
  const { stdout } = await capturedRun('explain', 'api', folder(), '--format', format);
  expect(stdout.slice(0, beginning.length)).toBe(beginning);
});

test('a file that --values names is read and taken as values', async () => {
  const path = folderWith(
    toYaml(application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://coralogix-opentelemetry.coralogix:4317' } })),
  );
  mkdirSync(join(path, 'helm'));
  const values = join(path, 'helm', 'values');
  writeFileSync(values, 'opentelemetry-agent: { service: { enabled: true } }\n');
  expect((await capturedRun('explain', 'api', path)).stdout).toContain('namespace coralogix was not read');
  expect((await capturedRun('explain', 'api', path, '--values', values)).stdout).toContain(
    "answers, on the pod's own node",
  );
});

test('--config names the namespace of the release', async () => {
  const { status } = await capturedRun('explain', 'api-gateway', 'dist', '--config', 'config/dataprime-demo.yaml');
  expect(status).toBe(0);
});

test('a file that is not YAML is told on standard error', async () => {
  const path = folder();
  writeFileSync(join(path, 'broken.yaml'), 'kind: [\n');
  const { stderr } = await capturedRun('explain', 'api', path);
  expect(stderr).toContain('broken.yaml:2: not read, for ');
});

test('explain loads neither cdk8s nor constructs', async () => {
  expect(await loadedPackages('explain', 'api-gateway')).not.toContain('cdk8s');
});

test('an object that is written twice is chosen by its file', async () => {
  const where = temporaryFolder();
  const files = ['a.yaml', 'b.yaml'].map((name) => join(where, name));
  for (const file of files) {
    writeFileSync(file, toYaml(application()));
  }
  const { status, stdout } = await capturedRun('explain', 'api', where);
  expect(status).toBe(2);
  expect(stdout).toContain(`api is written 2 times, in ${files.join(' and in ')}`);
  expect(stdout).toContain(`add: --file ${files.join(' or --file ')}`);
  expect((await capturedRun('explain', 'api', where, '--file', files[1] ?? '')).stdout).toContain(
    'api (Deployment api',
  );
});

test('the installation of a chart is reported where there are several, and can be chosen', async () => {
  const where = temporaryFolder();
  const endpoint = 'http://coralogix-opentelemetry.coralogix:4317';
  writeFileSync(join(where, 'app.yaml'), toYaml(application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } })));
  const [dev = '', prod = ''] = ['values-dev.yaml', 'values-prod.yaml'].map((name) => join(where, name));
  const agent = (enabled: boolean) => ({ service: { enabled: true }, presets: { spanMetrics: { enabled } } });
  writeFileSync(dev, toYaml({ global: { domain: 'eu2.coralogix.com' }, 'opentelemetry-agent': agent(true) }));
  writeFileSync(prod, toYaml({ global: { domain: 'eu2.coralogix.com' }, 'opentelemetry-agent': agent(false) }));
  const first = await capturedRun('explain', 'api', where);
  expect([first.status, first.stderr]).toEqual([
    0,
    expect.stringContaining(`the path leads through the installation of ${dev}; --installation chooses ${prod}`),
  ]);
  expect((await capturedRun('explain', 'api', where, '--installation', prod)).status).toBe(1);
  const none = await capturedRun('explain', 'api', where, '--installation', 'other.yaml');
  expect([none.status, none.stdout]).toEqual([2, expect.stringContaining('no installation of a chart is that of')]);
});

test('the installation of an object is chosen by its name, and a name of several is refused with theirs', async () => {
  const where = temporaryFolder();
  const endpoint = 'http://coralogix-opentelemetry.observability:4317';
  writeFileSync(join(where, 'app.yaml'), toYaml(application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } })));
  const release = (environment: string, spanMetrics: boolean) =>
    toYaml({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: `telemetry-${environment}`, namespace: 'argocd' },
      spec: {
        destination: { server: `https://${environment}.example.com`, namespace: 'observability' },
        source: {
          repoURL: 'https://charts.example.com',
          chart: 'otel-integration',
          targetRevision: '0.0.331',
          helm: {
            valuesObject: {
              global: { domain: 'eu2.coralogix.com', clusterName: environment },
              'opentelemetry-agent': {
                service: { enabled: true },
                presets: { spanMetrics: { enabled: spanMetrics } },
              },
            },
          },
        },
      },
    });
  const objects = join(where, 'objects.yaml');
  writeFileSync(objects, [release('staging', true), release('production', false)].join('---\n'));
  const status = async (...args: string[]) => (await capturedRun('explain', 'api', where, ...args)).status;
  expect([
    await status(),
    await status('--installation', 'telemetry-staging'),
    await status('--installation', 'argocd/telemetry-production'),
  ]).toEqual([0, 0, 1]);
  const several = await capturedRun('explain', 'api', where, '--installation', objects);
  expect([several.status, several.stdout]).toEqual([
    2,
    expect.stringContaining('write: --installation telemetry-staging or telemetry-production'),
  ]);
  const linted = await capturedRun('lint', where);
  expect([linted.status, linted.stdout]).toEqual([1, expect.stringContaining('Application telemetry-production')]);
  const forecast = async (name: string) =>
    JSON.parse((await capturedRun('forecast', where, '--installation', name, '--format', 'json')).stdout).series;
  expect([await forecast('telemetry-staging'), await forecast('telemetry-production')]).toEqual([
    expect.any(Number),
    0,
  ]);
  expect(await forecast('telemetry-staging')).toBeGreaterThan(0);
  const collectors = (await capturedRun('collectors', where, '--installation', 'telemetry-production')).stdout;
  expect([collectors.includes('telemetry-production'), collectors.includes('telemetry-staging')]).toEqual([
    true,
    false,
  ]);
});

test('given values lie over those of an object that installs the same chart', async () => {
  const where = temporaryFolder();
  const endpoint = 'http://coralogix-opentelemetry.observability:4317';
  writeFileSync(join(where, 'app.yaml'), toYaml(application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } })));
  writeFileSync(
    join(where, 'release.yaml'),
    `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: telemetry, namespace: observability }
spec:
  chart: { spec: { chart: otel-integration, version: 0.0.331, sourceRef: { kind: HelmRepository, name: charts } } }
  values:
    global: { domain: eu2.coralogix.com, clusterName: one }
    opentelemetry-agent: { service: { enabled: true } }
`,
  );
  const over = join(temporaryFolder(), 'production.yaml');
  writeFileSync(over, 'opentelemetry-agent: { presets: { spanMetrics: { enabled: false } } }\n');
  expect((await capturedRun('explain', 'api', where)).status).toBe(0);
  expect(await capturedRun('explain', 'api', where, '--values', over)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('makes no span metrics'),
  });
});
