import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { kindsOf, only, parseManifests } from '../support/synthesized.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';

/** Files that an example writes, in a folder that the test then removes. */
function run(example: string): { readonly folder: string; readonly files: Readonly<Record<string, string>> } {
  const folder = temporaryFolder();
  const env = { ...process.env, CDK8S_OUTDIR: folder };
  execFileSync(process.execPath, ['--import', 'tsx', `examples/${example}/main.ts`], { env });
  return { folder, files: filesIn(folder) };
}

/** The kinds in each file of manifests. */
const kinds = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.endsWith('.yaml') && !path.includes('helm/'))
      .sort()
      .map(([path, text]) => [path, kindsOf(parseManifests(text))]),
  );

const findingsIn = (folder: string): string[] =>
  lintSources(readSources([folder])).result.findings.map(({ level, rule }) => `${level} ${rule.id}`);

describe('each example writes what its README says, without an error of lint', () => {
  test('one-service synthesizes with cdk8s alone', () => {
    const { folder, files } = run('one-service');
    expect(kinds(files)).toMatchSnapshot();
    expect(findingsIn(folder)).toEqual(['note require-span-metrics-collector']);
  });

  test('own-collector names the agent of another namespace', () => {
    const { folder, files } = run('own-collector');
    expect(kinds(files)).toMatchSnapshot();
    const configuration = parseManifests(files['10-config.yaml'] ?? '');
    expect(only(configuration, 'Service')).toMatchObject({
      spec: { externalName: 'otel-agent.observability.svc.cluster.local' },
    });
    expect(only(configuration, 'ConfigMap')).toMatchObject({
      data: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-agent:4317' },
    });
    expect(findingsIn(folder)).toEqual(['note require-span-metrics-collector']);
  });

  test('environments has a folder for each environment, which Argo CD applies from its own branch', () => {
    const { folder, files } = run('environments');
    expect(kinds(files)).toMatchSnapshot();
    const source = (environment: string) =>
      parseManifests(files[`${environment}/argo-cd/applications.yaml`] ?? '').map(({ spec }) => spec)[0];
    expect(source('staging')).toMatchObject({ source: { path: 'dist/staging', targetRevision: 'main' } });
    expect(source('production')).toMatchObject({ source: { path: 'dist/production', targetRevision: 'release' } });
    expect(['staging', 'production'].flatMap((name) => findingsIn(join(folder, name)))).toEqual([]);
  });
});
