import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
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
