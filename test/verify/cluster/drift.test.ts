import { describe, expect, test } from 'vitest';
import { affectsSpans, configurationDrift, driftOf, driftText } from '../../../lib/verify/cluster/drift.ts';

const container = (fields: object): object => ({
  spec: { template: { spec: { containers: [{ name: 'app', ...fields }] } } },
});
const texts = (committed: object, live: object): string[] => driftOf(committed, live).map(driftText);

describe('drift', () => {
  test.each<[name: string, committed: object, live: object]>([
    [
      'quantities that are written otherwise',
      container({ resources: { limits: { cpu: '1000m', memory: '1024Mi' } } }),
      container({ resources: { limits: { cpu: '1', memory: '1Gi' } } }),
    ],
    [
      'fields that the server adds',
      container({ image: 'a' }),
      container({ image: 'a', terminationMessagePath: '/dev/termination-log' }),
    ],
    [
      'empty values, which the server drops',
      container({ args: [], command: null, securityContext: {} }),
      container({}),
    ],
    [
      'false and 0, which are the defaults',
      { spec: { template: { spec: { hostNetwork: false } } } },
      { spec: { template: { spec: {} } } },
    ],
    [
      'variables in another order, and more of them',
      container({
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      }),
      container({
        env: [
          { name: 'B', value: '2' },
          { name: 'X', value: '0' },
          { name: 'A', value: '1' },
        ],
      }),
    ],
    [
      'numbers that are text',
      { spec: { ports: [{ port: 80, targetPort: '8080' }] } },
      { spec: { ports: [{ port: 80, targetPort: 8080 }] } },
    ],
    ['the number of replicas, which an autoscaler sets', { spec: { replicas: 2 } }, { spec: { replicas: 5 } }],
  ])('does not report %s', (_, committed, live) => {
    expect(texts(committed, live)).toEqual([]);
  });

  test('reports a variable with another value, one that is missing, and a key of a ConfigMap', () => {
    const committed = container({
      env: [
        { name: 'OTEL_SERVICE_NAME', value: 'api' },
        { name: 'B', value: '2' },
      ],
    });
    expect(texts(committed, container({ env: [{ name: 'OTEL_SERVICE_NAME', value: 'web' }] }))).toEqual([
      'spec.template.spec.containers[app].env[OTEL_SERVICE_NAME].value is "web", and is committed as "api"',
      'spec.template.spec.containers[app].env[B] is missing',
    ]);
    expect(texts({ data: { a: '1' } }, { data: {} })).toEqual(['data.a is missing, and is committed as "1"']);
  });

  test('shows no value that is a secret', () => {
    const committed = container({ env: [{ name: 'DB_PASSWORD', value: 'hunter2-Xk9' }] });
    expect(texts(committed, container({ env: [{ name: 'DB_PASSWORD', value: 'other-Zq8' }] })).join()).not.toMatch(
      /hunter2|Zq8/,
    );
  });

  test.each([
    ['spec.template.spec.containers[app].env[OTEL_SERVICE_NAME].value', true],
    ['spec.jobTemplate.spec.template.spec.containers[app].env[OTEL_SERVICE_NAME]', true],
    ['spec.template.spec.containers[app].envFrom[0].configMapRef.name', true],
    ['spec.template.spec.hostNetwork', true],
    ['spec.template.metadata.annotations.instrumentation.opentelemetry.io/inject-java', true],
    ['spec.template.spec.containers[app].env[DB_URL].value', false],
    ['spec.template.spec.containers[app].image', false],
    ['spec.template.spec.containers[app].resources.limits.cpu', false],
    ['metadata.labels.team', false],
  ])('%s is on the path of a span: %s', (path, expected) => {
    expect(affectsSpans({ path })).toBe(expected);
  });

  test('of a configuration of a collector also reports what the cluster has more', () => {
    const drift = configurationDrift(
      'c.yaml',
      { processors: { batch: {} } },
      { processors: { batch: {}, filter: { a: 1 } } },
    );
    expect(drift.map(driftText)).toEqual(['c.yaml.processors.filter is "{\\"a\\":1}", and is not committed']);
  });
});
