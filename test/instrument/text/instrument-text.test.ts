import { describe, expect, test } from 'vitest';
import { deployment, envOf, instrumented, literal } from '../support/instrumented.ts';

const withoutAdded = (text: string): string => instrumented(text, { removes: true }).text;

test('everything outside of env and the annotation keeps its bytes', () => {
  const text = `# Copyright
apiVersion: "apps/v1"   # quoted
kind: Deployment
metadata: {name: web}   # flow


spec:
  replicas: 1
  template:
    # the pods
    metadata:
      labels: {app: 'web'}
    spec:
      containers:
        # the program
        - image: 'acme/web:1.2'   # pinned
          name: app
          env:
            # its own
            - {name: "A", value: 'x'}   # first

            # second
            - name: B
              value: >-
                folded
                text
          ports: [ {containerPort: 80} ]
`;
  const result = instrumented(text).text;
  const added = result.split('\n').filter((line) => !text.split('\n').includes(line));
  expect(
    result
      .split('\n')
      .filter((line) => !added.includes(line))
      .join('\n'),
  ).toBe(text);
  expect(added[0]).toBe('      annotations:');
  expect(added.slice(2).join('\n')).toMatch(/^ {12}- name: K8S_POD_NAME\n {14}valueFrom:\n/);
  expect(withoutAdded(result)).toBe(text);
});

const empty = (env: string, metadata: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata:${metadata}
    spec:
      containers:
        - name: main
          image: acme/web:1.2
          env:${env}
          ports: []
`;

test.each(
  ['', ' {} # none', ' ~  # none', ' # none', '\n      annotations: {} # none', '\n      annotations: # none'].flatMap(
    (metadata) =>
      [' ~ # none', ' [] # none', ' # none', ' []   ', ' [\n          ] # none', '\n          # none'].flatMap((env) =>
        ['\n', '\r\n'].map((newline) => [env, metadata, newline] as const),
      ),
  ),
)('a comment behind the empty env "%s" below metadata "%s" stays on its line (%j)', (env, metadata, newline) => {
  const text = empty(env, metadata).replaceAll('\n', newline);
  const once = instrumented(text);
  expect(once.objects[0]?.status).toBe('instrumented');
  if (env.startsWith(' ') && env.includes('#')) {
    expect(once.text).toMatch(/ env:[^\S\n]* # none\r?\n/);
  }
  expect(instrumented(once.text).text).toBe(once.text);
  expect(withoutAdded(once.text)).toBe(text);
});

test.each([
  ['a List inside of a List', 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items:\n  - '],
  ['a typed list whose items have no kind', 'apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- '],
])('the items of %s are instrumented', (title, head) => {
  const own = title.includes('typed') ? '' : 'apiVersion: apps/v1, kind: Deployment, ';
  const text = `${head}{ ${own}metadata: { name: web }, spec: { template: { spec: { containers: [{ name: a, image: "a:1" }] } } } }\n`;
  const { text: written, objects } = instrumented(text);
  expect(objects.map(({ kind, name, status }) => [kind, name, status])).toEqual([
    ['Deployment', 'web', 'instrumented'],
  ]);
  expect(written).toContain('k8s.deployment.name=web');
  expect(withoutAdded(written)).toBe(text);
});

test.each([
  [
    '{ replicas: 1, workloadRef: { apiVersion: apps/v1, kind: Deployment, name: web } }',
    'no-pod-template its pods are those of Deployment web, which workloadRef names',
  ],
  ['{ template: { spec: { containers: null } } }', 'no-pod-template it lists no containers'],
  [
    '{ template: { spec: { containers: [{ name: a, image: "a:1", env: { A: b } }] } } }',
    'not-editable env of container a is no list',
  ],
])('a Rollout with the spec %s is skipped with its reason', (spec, why) => {
  const text = `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web }\nspec: ${spec}\n`;
  const [object] = instrumented(text).objects;
  expect(`${object?.skipped?.code} ${object?.skipped?.message}`).toBe(why);
});

test('a file that needs nothing keeps its bytes, also those that are no YAML of ours', () => {
  const text = '\uFEFF# only a Service\r\napiVersion: v1\r\nkind: Service\r\nmetadata: {name: a}\r\n---\r\n\r\n---\r\n';
  expect(instrumented(text).text).toBe(text);
});

test('lines end as they do in the file', () => {
  const text = deployment(literal('A', '1')).replaceAll('\n', '\r\n');
  const result = instrumented(text).text;
  expect(result.replaceAll('\r\n', '')).not.toContain('\n');
  expect(withoutAdded(result)).toBe(text);
});

test('the documents of a file, and the dashes between them, stay where they are', () => {
  const one = deployment('');
  const text = `---\n# first\n${one}\n--- # second\n${one.replaceAll('web', 'api')}\n---\nkind: Service\napiVersion: v1\nmetadata: {name: s}\n`;
  const result = instrumented(text);
  expect(result.objects.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'web instrumented',
    'api instrumented',
    's other',
  ]);
  expect(result.text.split('\n').filter((line) => line.startsWith('---'))).toEqual(['---', '--- # second', '---']);
  expect(withoutAdded(result.text)).toBe(text);
});

test('a List is instrumented item by item', () => {
  const item = deployment(literal('A', '1')).replaceAll('\n', '\n    ');
  const text = `apiVersion: v1\nkind: List\nitems:\n  - ${item}\n  - ${item.replaceAll('web', 'api')}\n`;
  const result = instrumented(text);
  expect(result.objects.map(({ status }) => status)).toEqual(['instrumented', 'instrumented']);
  expect(result.text.match(/OTEL_SERVICE_NAME\n *value: (web|api)/g)).toHaveLength(2);
  expect(withoutAdded(result.text)).toBe(text);
});

test('a value is extended in its own quotes', () => {
  for (const quoted of ['team=core', "'team=core'", '"team=core"']) {
    const text = deployment(literal('OTEL_RESOURCE_ATTRIBUTES', quoted));
    const result = instrumented(text).text;
    const [quote = ''] = /^['"]/.exec(quoted) ?? [];
    expect(result).toContain(`value: ${quote}team=core,k8s.pod.name=$(K8S_POD_NAME),`);
    expect(withoutAdded(result)).toBe(text);
  }
});

test('what was mended is written as it was before, once it is taken away', () => {
  const text = deployment(literal('OTEL_EXPORTER_OTLP_ENDPOINT', "'http://localhost:4317' # why"));
  const result = instrumented(text).text;
  expect(result).toContain("value: 'http://coralogix-opentelemetry-collector:4317' # why");
  expect(withoutAdded(result)).toBe(text);
});

test('what others have changed since stays when what was added is taken away', () => {
  const result = instrumented(deployment(literal('A', '1'))).text;
  const changed = result.replace('- name: A', '- name: NEW\n              value: x\n            - name: A');
  expect(envOf(withoutAdded(changed))).toEqual(['NEW=x', 'A=1']);
});

test('a second run works anew from what was there before the first', () => {
  const first = instrumented(deployment(literal('A', '1')), { environment: 'staging' }).text;
  const second = instrumented(first, { environment: 'production' }).text;
  expect(second).toBe(instrumented(deployment(literal('A', '1')), { environment: 'production' }).text);
});

test('what the selector leaves out stays instrumented', () => {
  const once = instrumented(deployment(literal('A', '1'))).text;
  expect(instrumented(once, { selects: () => false }).text).toBe(once);
  expect(instrumented(once, { selects: () => false, removes: true }).text).toBe(once);
});

test('a record that podhost did not write is left alone', () => {
  const text = deployment('', { meta: "\n      annotations: { podhost.dev/instrumented: 'yes' }" });
  expect(withoutAdded(text)).toBe(text);
});

describe('text that cannot be edited piece by piece is skipped and named', () => {
  const base = deployment(literal('A', '1'));
  test.each([
    ['an anchor at env', base.replace('env:', 'env: &shared')],
    ['an alias in env', `${base}\n            - *none`.replace('- *none', '- &e { name: B }\n            - *e')],
    [
      'a merge key',
      base.replace('          env:', '          <<: { stdin: true, env: [{ name: A, value: "1" }] }\n          x-env:'),
    ],
  ])('%s', (_, text) => {
    const { objects, text: result } = instrumented(text);
    expect([objects[0]?.skipped?.code, result]).toEqual(['not-editable', text]);
  });
});

test.each([
  ['opted-out', deployment('', { meta: '\n      annotations: { podhost.dev/instrument: "false" }' })],
  ['off-the-shelf', deployment('', { image: 'redis:7' })],
  ['collector', deployment('', { image: 'otel/opentelemetry-collector:1' })],
  ['partial-manifest', deployment('').replace(/ *image:.*\n/, '')],
  [
    'no-pod-template',
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: r }\nspec: { workloadRef: { name: web } }\n',
  ],
])('an object is skipped as %s and keeps its bytes', (code, text) => {
  const { objects, text: result } = instrumented(text);
  expect([objects[0]?.status, objects[0]?.skipped?.code, result]).toEqual(['skipped', code, text]);
});

test('a datastore is instrumented when its annotation asks for it, and a sidecar is not', () => {
  const pod = (annotation: string) => `apiVersion: v1
kind: Pod
metadata:
  name: p
  annotations: { podhost.dev/instrument: "${annotation}" }
spec:
  containers:
  - { name: db, image: postgres }
  - { name: proxy, image: envoyproxy/envoy }
`;
  const skipped = (annotation: string) =>
    instrumented(pod(annotation)).objects[0]?.plan?.containers.map((container) => container.skipped?.code);
  expect(skipped('')).toEqual(['off-the-shelf', 'sidecar']);
  expect(skipped('true')).toEqual([undefined, undefined]);
  expect(skipped('db')).toEqual([undefined, 'opted-out']);
});

test('a datastore by its port is skipped, and one that has variables of an SDK is not', () => {
  const ports = 'ports: [{ containerPort: 5432 }]';
  expect(instrumented(deployment('', { container: ports })).objects[0]?.skipped?.message).toBe(
    'container app runs a datastore, because it listens on 5432, the port of PostgreSQL',
  );
  const env = literal('OTEL_SERVICE_NAME', 'kafka');
  expect(instrumented(deployment(env, { container: ports })).objects[0]?.status).toBe('instrumented');
  expect(instrumented(deployment(env, { image: 'apache/kafka' })).objects[0]?.status).toBe('instrumented');
});

test('init containers are not changed', () => {
  const pod = 'initContainers: [{ name: migrate, image: acme/web:1.2 }]';
  const result = instrumented(deployment('', { pod })).text;
  expect(result).toContain(pod);
  expect(result.match(/OTEL_SERVICE_NAME/g)).toHaveLength(2);
});
