import { expect, test } from 'vitest';
import { validInjectionAnnotation as rule } from '../../../lib/lint/rules/valid-injection-annotation.ts';
import { report } from './support/lint-text.ts';
import { deployment, documents } from './support/manifests.ts';

test.each([
  [
    'an annotation of the Deployment',
    deployment().replace(
      '  namespace: shop\n',
      '  namespace: shop\n  annotations: { instrumentation.opentelemetry.io/inject-java: "true" }\n',
    ),
    {
      at: 'app.yaml:6:18',
      message:
        'instrumentation.opentelemetry.io/inject-java stands on Deployment api itself, and the operator reads the annotations of its pods',
      suggestion: 'move it to spec.template.metadata.annotations: instrumentation.opentelemetry.io/inject-java: "true"',
    },
  ],
  [
    'the annotation of a sidecar',
    deployment().replace(
      '  namespace: shop\n',
      '  namespace: shop\n  annotations: { sidecar.opentelemetry.io/inject: "true" }\n',
    ),
    {
      message:
        'sidecar.opentelemetry.io/inject stands on Deployment api itself, and the operator reads the annotations of its pods',
    },
  ],
  [
    'a language that there is not',
    deployment({ metadata: 'annotations: { instrumentation.opentelemetry.io/inject-node: "true" }' }),
    {
      message:
        'instrumentation.opentelemetry.io/inject-node of Deployment api names a language that the operator does not know',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'an annotation of the pods',
    deployment({ metadata: 'annotations: { instrumentation.opentelemetry.io/inject-java: "true" }' }),
  ],
  [
    'one on both',
    deployment({ metadata: 'annotations: { instrumentation.opentelemetry.io/inject-java: "true" }' }).replace(
      '  namespace: shop\n',
      '  namespace: shop\n  annotations: { instrumentation.opentelemetry.io/inject-java: "true" }\n',
    ),
  ],
  [
    'one that switches off',
    deployment().replace(
      '  namespace: shop\n',
      '  namespace: shop\n  annotations: { sidecar.opentelemetry.io/inject: "false" }\n',
    ),
  ],
  [
    'a Pod',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: a, annotations: { instrumentation.opentelemetry.io/inject-java: "true" } }\nspec: { containers: [{ name: a }] }\n',
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

const instrumentation = (name: string, namespace = 'shop') =>
  `apiVersion: opentelemetry.io/v1alpha1\nkind: Instrumentation\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { exporter: { endpoint: "http://agent.otel:4318" } }\n`;
const injected = (value: string) =>
  deployment({ metadata: `annotations: { instrumentation.opentelemetry.io/inject-java: "${value}" }` });

test('reports an annotation that leaves the choice among several Instrumentations', () => {
  expect(report(rule, documents(injected('true'), instrumentation('a'), instrumentation('b')))).toMatchObject([
    {
      message:
        'instrumentation.opentelemetry.io/inject-java of Deployment api is true, and namespace shop has 2 Instrumentations: the operator injects nothing',
      suggestion: 'write: "a" or "b"',
    },
  ]);
  const fine = [
    documents(injected('a'), instrumentation('a'), instrumentation('b')),
    documents(injected('true'), instrumentation('a'), instrumentation('b', 'other')),
    injected('true'),
  ];
  expect(fine.flatMap((text) => report(rule, text))).toEqual([]);
});
