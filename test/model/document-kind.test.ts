import { describe, expect, test } from 'vitest';
import { documentKind, uncertaintyOf } from '../../lib/model/document-kind.ts';
import { readModel } from '../../lib/model/read-model.ts';

describe('a document', () => {
  test.each([
    ['manifest', { apiVersion: 'v1', kind: 'Whatever' }],
    ['manifest', { apiVersion: 'v1', kind: 'List', items: [] }],
    ['integration-values', { 'opentelemetry-agent': {} }],
    ['integration-values', { 'opentelemetry-collector': { enabled: true } }],
    ['integration-values', { 'opentelemetry-agnet': {}, global: { domain: 'eu2.coralogix.com' } }],
    ['integration-values', { global: { domain: 'example.com', clusterName: 'c' } }],
    ['integration-values', { presets: { hostmetrics: { enabled: true } } }],
    ['collector-values', { mode: 'daemonset', presets: {} }],
    ['collector-values', { config: { receivers: {} } }],
    ['collector-values', { presets: { spanMetrics: { enabled: true } }, extraEnvs: [{ name: 'A', value: 'b' }] }],
    ['collector-values', { presets: { profilesCollection: {}, coralogixExporter: {} }, resources: {} }],
    ['integration-values', { presets: { spanMetrics: { dimensions: [] } }, extraEnvs: [] }],
    ['integration-values', { presets: { spanMetrics: {} }, extraEnvs: [], global: {} }],
    ['collector-configuration', { receivers: {}, service: { pipelines: {} } }],
    ['system', { name: 'x', coralogix: {}, services: [] }],
    ['unknown', { apiVersion: 'v2', name: 'a-chart' }],
    ['unknown', { global: { domain: 'example.com' }, image: 'x' }],
    ['unknown', { presets: { theme: 'dark' } }],
    ['unknown', { resources: ['a.yaml'] }],
    ['unknown', { apiVersion: 1, kind: 2 }],
    ['unknown', ['a']],
    ['unknown', 'text'],
    ['unknown', null],
  ] as const)('is %s by what it holds', (kind, value) => {
    expect(documentKind(value)).toBe(kind);
  });

  test.each([
    [{ 'opentelemetry-agent': {} }, false],
    [{ global: { domain: 'eu2.coralogix.com' } }, false],
    [{ mode: 'deployment', config: {} }, false],
    [{ presets: { spanMetrics: {} } }, true],
    [{ config: { exporters: {} } }, true],
    [{ presets: { spanMetrics: {} }, resources: {} }, true],
  ])('%j is uncertain: %s', (value, isUncertain) => {
    expect(uncertaintyOf(value) !== undefined).toBe(isUncertain);
  });
});

describe('files of all kinds', () => {
  const files = {
    'values.yaml': 'presets: { spanMetrics: { enabled: true } }\n',
    'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: app }\n',
    'strange.yaml': 'a: 1\n',
    'broken.yaml': 'a: [\n',
  };
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));

  test('are told apart', () => {
    const model = readModel(sources);
    expect(model.files).toEqual(Object.keys(files));
    expect(model.manifests.map(({ title }) => title)).toEqual(['Pod app']);
    expect(model.values.map(({ chart, uncertainty }) => [chart, uncertainty])).toEqual([
      ['otel-integration', 'it names presets, and no sub-chart of otel-integration'],
    ]);
    expect(model.unknown.map(({ file }) => file)).toEqual(['strange.yaml']);
    expect(model.problems.map(({ place }) => place?.file)).toEqual(['broken.yaml']);
  });

  test('are values when that is said', () => {
    const model = readModel(sources, { valuesFiles: ['./values.yaml', 'strange.yaml'] });
    expect(model.values.map(({ document, uncertainty }) => [document.file, uncertainty])).toEqual([
      ['values.yaml', undefined],
      ['strange.yaml', undefined],
    ]);
    expect(model.unknown).toEqual([]);
  });
});
