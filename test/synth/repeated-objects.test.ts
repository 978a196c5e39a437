import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { repeatedObjects } from '../../lib/synth/repeated-objects.ts';

interface Written {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

function appOf(...objects: Written[]): App {
  const app = new App();
  objects.forEach(({ apiVersion = 'v1', kind = 'Service', name = 'api', namespace = 'shop' }, index) => {
    new ApiObject(new Chart(app, `chart-${index}`), 'Object', { apiVersion, kind, metadata: { name, namespace } });
  });
  return app;
}

test('a second object of the same kind, namespace and name is told with both places', () => {
  expect(repeatedObjects(appOf({}, {}))).toEqual([
    {
      code: 'synth/repeated-object',
      message: 'chart-1/Object is the second Service api, kubectl would overwrite that of chart-0/Object',
      suggestion: 'give one of them another name or namespace',
    },
  ]);
});

test('a newer version of the same API is the same object', () => {
  const apps = ['apps/v1', 'apps/v1beta1'].map((apiVersion) => ({ apiVersion, kind: 'Deployment' }));
  expect(repeatedObjects(appOf(...apps))).toHaveLength(1);
});

describe('what differs in one thing is another object', () => {
  test.each<[string, Written]>([
    ['kind', { kind: 'ConfigMap' }],
    ['API group', { apiVersion: 'serving.knative.dev/v1' }],
    ['name', { name: 'web' }],
    ['namespace', { namespace: 'other' }],
  ])('%s', (_, other) => {
    expect(repeatedObjects(appOf({}, other))).toEqual([]);
  });
});
