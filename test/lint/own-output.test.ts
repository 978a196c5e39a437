import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { gitopsSchema } from '../../lib/config/schema/gitops.ts';
import { System } from '../../lib/constructs/system.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { readSources } from '../../lib/model/source/read-sources.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { line } from './support/linted.ts';

const linesOf = (sources: Parameters<typeof lintSources>[0]) => {
  const { result } = lintSources(sources);
  return [...result.findings.map(line), ...result.failures];
};

test('what lies in dist is clean', () => {
  expect(linesOf(readSources(['dist']))).toEqual([]);
});

test.each(['helm-values', 'manifests'] as const)(
  'what is synthesized with the collector by %s is clean',
  (delivery) => {
    const { config, initSql } = loadSystem('config/dataprime-demo.yaml');
    const app = new App();
    new System(app, 'System', { config: { ...config, collector: { ...config.collector, delivery } }, initSql });
    const files = renderApp(app).map(({ path, content }) => ({ file: `dist/${path}`, text: content }));
    expect(linesOf(files)).toEqual([]);
  },
);

test.each([
  ['argo-cd', { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' }],
  ['flux', { tool: 'flux' }],
  ['k3s', { tool: 'k3s' }],
] as const)('what is synthesized for %s is clean, and the values of its object are read', (_, gitops) => {
  const { config, initSql } = loadSystem('config/dataprime-demo.yaml');
  const app = new App();
  new System(app, 'System', { config: { ...config, gitops: gitopsSchema.parse(gitops) }, initSql });
  const output = renderApp(app).filter(({ path }) => path.endsWith('.yaml'));
  const all = output.map(({ path, content }) => ({ file: `dist/${path}`, text: content }));
  const objects = all.filter(({ file }) => !file.includes('/helm/'));
  expect(linesOf(all)).toEqual([]);
  expect(linesOf(objects)).toEqual([]);
  const release = { name: config.collector.release, namespace: config.collector.namespace };
  for (const files of [all, objects]) {
    expect(lintSources(files).model.values.map((values) => values.release)).toEqual([release]);
  }
});
