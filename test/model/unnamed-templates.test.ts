import { expect, test } from 'vitest';
import { templatePathsOf } from '../../lib/kubernetes/pod-template.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { coverageOf } from '../../lib/model/coverage.ts';
import { readModel } from '../../lib/model/read-model.ts';

const worker = (pods: string) =>
  `apiVersion: example.com/v1\nkind: Worker\nmetadata: { name: press }\nspec:\n${pods}\n`;
const template = '  pods:\n    spec: { containers: [{ name: main, image: "acme/press:1" }] }';
const sources = (text: string) => [{ file: 'a.yaml', text }];
const templatePaths = templatePathsOf([{ apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pods' }]);

test('a custom kind with pods that nobody named is not understood, with the key that names it', () => {
  const model = readModel(sources(worker(template)));
  expect(model.unread).toEqual([
    expect.objectContaining({
      message: 'Worker press is not understood: its kind is not known, and it describes pods at spec.pods',
      place: { file: 'a.yaml', line: 5, column: 3 },
      suggestion: 'write: instrument: { templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.pods }] }',
    }),
  ]);
  // The file itself was read.
  expect(coverageOf(model).notUnderstood).toEqual([{ kind: 'Worker', names: ['press'] }]);
});

test('lint reports a custom kind with pods that nobody named', () => {
  const { findings } = lintSources(sources(worker(template))).result;
  expect(findings.map(({ rule, message }) => [rule.id, message])).toContainEqual([
    'no-unread-input',
    'Worker press is not understood: its kind is not known, and it describes pods at spec.pods',
  ]);
});

test('a custom kind whose pod template is named is a workload like any other', () => {
  const model = readModel(sources(worker(template)), { templatePaths });
  expect(model.unread).toEqual([]);
  expect(model.workloads.map(({ title, containers }) => [title, containers.length])).toEqual([['Worker press', 1]]);
});

test.each([
  ['fields of pods that another program runs', worker('  containers: [{ name: main, image: "acme/press:1" }]')],
  ['no pods', worker('  size: 3')],
  [
    'a collector of the operator',
    'apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: { name: a }\nspec: { template: { spec: { containers: [{ name: b, image: "c:1" }] } }, config: {} }\n',
  ],
])('a custom kind with %s is no workload that was missed', (_, text) => {
  expect(readModel(sources(text)).unread).toEqual([]);
});
