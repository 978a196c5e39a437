import { expect, test } from 'vitest';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { coverageOf } from '../../lib/model/coverage.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { application } from '../model/support/small-system.ts';

const sender = toYaml(
  application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://coralogix-opentelemetry.coralogix:4317' } }),
);
const store = (index: number) =>
  toYaml(application({ name: `store-${index}`, env: {}, container: { image: 'redis:7' } }));

/** Environments of one release, of which the last is without the names of pods. */
const environments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    file: `environment-${index}.yaml`,
    text: toYaml({
      global: { domain: 'eu2.coralogix.com', clusterName: `cluster-${index}` },
      'opentelemetry-agent': {
        service: { enabled: true },
        presets: { kubernetesAttributes: { enabled: index + 1 < count } },
      },
    }),
  }));

const linted = (count: number, others = 0) => {
  const text = [sender, ...Array.from({ length: others }, (_, index) => store(index))].join('---\n');
  const { model, result } = lintSources([{ file: 'app.yaml', text }, ...environments(count)]);
  const found = result.findings.map(({ rule, level, place, repeats }) => ({
    rule: rule.id,
    level,
    file: place.file,
    repeats,
  }));
  return { found, coverage: coverageOf(model).notUnderstood };
};

test('of many environments each is judged for itself', () => {
  const { found, coverage } = linted(40);
  expect(found).toContainEqual({
    rule: 'require-pod-attributes',
    level: 'error',
    file: 'environment-39.yaml',
    repeats: 0,
  });
  expect(coverage).toEqual([]);
});

test('environments that are too many to be judged are a note each, and counted in the coverage', () => {
  const { found, coverage } = linted(24, 500);
  const unjudged = [21, 22, 23].map((index) => `environment-${index}.yaml`);
  expect(found.filter(({ rule }) => rule === 'no-unread-input')).toEqual(
    unjudged.map((file) => ({ rule: 'no-unread-input', level: 'note', file, repeats: 0 })),
  );
  expect(coverage).toEqual([{ kind: 'file', names: unjudged }]);
});
