import { expect, test } from 'vitest';
import { validDimension as rule } from '../../../lib/lint/rules/valid-dimension.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (list: string) =>
  chartValues(`opentelemetry-agent:\n  presets:\n    spanMetrics:\n      extraDimensions: ${list}\n`);

test('reports names without the key', () => {
  expect(report(rule, agent('[{ name: a }, http.method]'))).toEqual([
    {
      at: 'app.yaml:7:38',
      message: 'dimension http.method of spanmetrics is no mapping with a name: the collector does not start',
      suggestion: 'write: name: http.method',
    },
  ]);
});

test('reports a mapping without a name', () => {
  expect(report(rule, agent('[{ default: a }]'))).toEqual([
    {
      at: 'app.yaml:7:25',
      message: 'dimension 1 of spanmetrics is no mapping with a name: the collector does not start',
      suggestion: 'write: name: …',
    },
  ]);
});

test('reports a rendered configuration', () => {
  const connectors = 'spanmetrics: { namespace: "", dimensions: [http.method] }';
  expect(report(rule, mounted({ config: countingSpans({ connectors }) }))).toMatchObject([
    { at: 'app.yaml:11:50', suggestion: 'write: name: http.method' },
  ]);
});

test.each(['[{ name: a, default: none }]', '[{ glob: "k8s.*" }]', '[]', 'null'])('does not report %s', (list) => {
  expect(report(rule, agent(list))).toEqual([]);
});
