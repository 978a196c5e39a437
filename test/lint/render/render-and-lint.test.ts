import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LintedSources } from '../../../lib/lint/lint-sources.ts';
import { renderAndLint } from '../../../lib/lint/render/render-and-lint.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { noBadKey, requireDomain } from '../support/fake-rules.ts';
import { badConfigMap, line, linted } from '../support/linted.ts';

const values = 'opentelemetry-agent: {}\nglobal:\n  clusterName: c\n';
const release = { name: 'r', namespace: 'n' };

let folder: string;
let reported: string[];

beforeEach(() => {
  folder = temporaryFolder();
  reported = [];
});

afterEach(() => vi.unstubAllEnvs());

/** Puts a program called helm, which writes down its arguments, in front of the path. */
function fakeHelm(...script: string[]): void {
  writeFileSync(join(folder, 'helm'), ['#!/bin/sh', `echo "$@" >> ${folder}/calls`, ...script, ''].join('\n'));
  chmodSync(join(folder, 'helm'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
}

const render = (before: LintedSources, chart?: string) =>
  renderAndLint(before, {
    rules: [noBadKey, requireDomain],
    chart,
    release,
    progress: (text) => reported.push(text),
  });

const lines = ({ result }: LintedSources) => result.findings.map(line);

describe('with helm', () => {
  test('what is wrong with the rendered manifests is found as well, and named by its values', () => {
    fakeHelm(`cat <<'END'\n${badConfigMap('rendered')}END`);
    const after = render(linted({ 'app.yaml': badConfigMap('app'), 'v.yaml': values }));
    expect(lines(after)).toEqual([
      'app.yaml:7:3 error no-bad-key: ConfigMap app has the key bad, which is "value"',
      'v.yaml:2:1 warning require-domain: no domain',
      'v.yaml (rendered):7:3 error no-bad-key: ConfigMap rendered has the key bad, which is "value"',
    ]);
    expect(after.result.findings.at(-1)?.renderedFrom).toBe('v.yaml');
    expect(after.sources.at(-1)).toEqual({ file: 'v.yaml (rendered)', text: badConfigMap('rendered') });
  });

  test('each values file is rendered by itself, with the chart from its repository', () => {
    fakeHelm('true');
    render(linted({ 'a.yaml': values, 'b.yaml': values }));
    const command = (file: string) =>
      `template --repo=https://cgx.jfrog.io/artifactory/coralogix-charts-virtual --version=0.0.331 --namespace=n --values=${file} -- r otel-integration`;
    expect(readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')).toEqual([
      command('a.yaml'),
      command('b.yaml'),
    ]);
    expect(reported).toEqual([`helm ${command('a.yaml')}`, `helm ${command('b.yaml')}`]);
  });

  test.each([
    ['mirror/otel-integration', 'mirror/otel-integration'],
    ['oci://registry.example.com/otel-integration', 'oci://registry.example.com/otel-integration'],
    ['--post-renderer=./no option', "'--post-renderer=./no option'"],
  ])('a reference is taken as it is, at the version that is known: %s', (chart, word) => {
    fakeHelm('true');
    render(linted({ 'v.yaml': values }), chart);
    expect(reported).toEqual([`helm template --version=0.0.331 --namespace=n --values=v.yaml -- r ${word}`]);
  });

  test('a local chart has its own version', () => {
    fakeHelm('true');
    const chart = join(folder, 'otel-integration');
    mkdirSync(chart);
    writeFileSync(join(chart, 'Chart.yaml'), 'name: otel-integration\n');
    render(linted({ 'v.yaml': values }), chart);
    expect(reported).toEqual([`helm template --namespace=n --values=v.yaml -- r ${chart}`]);
  });

  test('a folder that is no chart is bad input', () => {
    expect(() => render(linted({ 'v.yaml': values }), folder)).toThrow(`${folder} is no chart`);
  });

  test('its failure fails the run, which keeps what was found', () => {
    fakeHelm('echo "Error: values don\'t meet the specifications of the schema(s)" >&2; exit 1');
    const after = render(linted({ 'v.yaml': values }));
    expect(lines(after)).toEqual(['v.yaml:2:1 warning require-domain: no domain']);
    expect(after.result.failures).toMatchObject([
      {
        code: 'lint/helm-failed',
        message: expect.stringContaining(
          "--values=v.yaml -- r otel-integration: values don't meet the specifications of the schema(s)",
        ),
        suggestion: 'mend the values that it names',
      },
    ]);
  });

  test('without a way to the repository it says what else works', () => {
    fakeHelm(
      'echo "Error: looks like \\"https://x\\" is not a valid chart repository or cannot be reached" >&2; exit 1',
    );
    expect(render(linted({ 'v.yaml': values })).result.failures).toMatchObject([
      { suggestion: 'without a way to the chart repository, name a local copy: --render path/to/otel-integration' },
    ]);
  });
});

test('without helm it says what to install', () => {
  vi.stubEnv('PATH', folder);
  expect(render(linted({ 'v.yaml': values })).result.failures).toEqual([
    {
      code: 'lint/no-helm',
      message: 'there is no helm on the path, so the chart was not rendered',
      suggestion: 'install helm 3: https://helm.sh/docs/intro/install/',
    },
  ]);
});

test('without values there is nothing to render', () => {
  vi.stubEnv('PATH', folder);
  const before = linted({ 'app.yaml': badConfigMap('app') });
  expect(render(before).result).toEqual(before.result);
  expect(reported).toEqual(['--render: no values file of otel-integration was read, so nothing was rendered']);
});
