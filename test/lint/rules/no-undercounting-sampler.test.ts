import { expect, test } from 'vitest';
import { noUndercountingSampler as rule } from '../../../lib/lint/rules/no-undercounting-sampler.ts';
import { agent } from './support/collectors.ts';
import { lintText, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const sampler = (name: string, argument?: string) =>
  literal('OTEL_TRACES_SAMPLER', name) +
  (argument === undefined ? '' : literal('OTEL_TRACES_SAMPLER_ARG', `"${argument}"`));

test.each([
  ['parentbased_traceidratio', '0.1', 'parentbased_traceidratio 0.1'],
  ['traceidratio', '0', 'traceidratio 0'],
  ['always_off', undefined, 'always_off'],
])('reports %s %s', (name, argument, said) => {
  const text = documents(deployment({ env: sampler(name, argument) }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${name}\n`)}`,
      message: `OTEL_TRACES_SAMPLER of Deployment api is ${said}, so the span metrics count too few spans`,
      suggestion: 'write: parentbased_always_on',
    },
  ]);
});

test('reports a sampler as a warning where its spans reach nothing, which is the error', () => {
  const env = sampler('always_off') + literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://localhost:4317');
  expect(lintText(rule, documents(deployment({ env }), agent()))).toMatchObject([
    {
      severity: 'warning',
      message: expect.stringMatching(/too few spans once they arrive$/),
    },
  ]);
});

test('cannot tell what a sampler of another kind keeps', () => {
  expect(report(rule, documents(deployment({ env: sampler('jaeger_remote') }), agent()))).toMatchObject([
    {
      cannotTell: true,
      message:
        'OTEL_TRACES_SAMPLER of Deployment api is jaeger_remote: whether it keeps every span is not known, and the span metrics count those that it keeps',
    },
  ]);
});

test('reports a sampler in a shared ConfigMap once', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap('OTEL_TRACES_SAMPLER') }));
  const text = documents(configMap({ OTEL_TRACES_SAMPLER: 'always_off' }), ...users, agent());
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:7:24', message: expect.stringContaining('Deployment b') }]);
});

test('cannot tell whether a collector that was not read counts spans', () => {
  expect(report(rule, deployment({ env: sampler('traceidratio', '0.1') }))).toMatchObject([
    {
      cannotTell: true,
      message:
        'OTEL_TRACES_SAMPLER of Deployment api is traceidratio 0.1, so span metrics, if the collector makes any, count too few spans',
    },
  ]);
});

test('reports a sampler that keeps no span whether or not it would be counted', () => {
  const text = deployment({ env: sampler('always_off') });
  const message = 'OTEL_TRACES_SAMPLER of Deployment api is always_off, so no span is sent';
  expect(report(rule, text)).toMatchObject([{ message }]);
  expect(report(rule, documents(text, agent({ spanMetrics: false })))).toMatchObject([{ message }]);
});

test('says once that no collector was read, and counts if any of several does', () => {
  const two = documents(...['a', 'b'].map((name) => deployment({ name, env: sampler('traceidratio', '0.1') })));
  expect(report(rule, two)).toHaveLength(1);
  const collectors = documents(agent(), agent({ name: 'other', spanMetrics: false }));
  expect(report(rule, documents(two, collectors))).toHaveLength(2);
});

test.each([
  ['always_on', sampler('always_on'), agent()],
  ['parentbased_always_on', sampler('parentbased_always_on'), agent()],
  ['a ratio of one', sampler('parentbased_traceidratio', '1.0'), agent()],
  ['a ratio without argument, which is one', sampler('traceidratio'), agent()],
  ['a ratio that is no number, which SDKs take for one', sampler('traceidratio', 'half'), agent()],
  ['a sampler that was not read', fromConfigMap('OTEL_TRACES_SAMPLER'), agent()],
  ['a sampler where no collector counts spans', sampler('traceidratio', '0.1'), agent({ spanMetrics: false })],
])('does not report %s', (_, env, collector) => {
  expect(report(rule, documents(deployment({ env }), collector))).toEqual([]);
});
