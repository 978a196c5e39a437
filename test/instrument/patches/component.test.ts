import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instrumentSources } from '../../../lib/instrument/instrument-sources.ts';
import { componentFiles } from '../../../lib/instrument/patches/component.ts';
import { writeComponent } from '../../../lib/instrument/patches/write-component.ts';
import { parseDocuments } from '../../../lib/yaml/documents.ts';
import { isMapping, listAt, type Mapping, textAt, valueAt } from '../../../lib/yaml/value.ts';
import { expandAsKubelet } from '../../support/expand-as-kubelet.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { contract, deployment, field, literal } from '../support/instrumented.ts';
import { manifestText } from '../support/manifest-text.ts';

const component = (text: string) =>
  componentFiles(instrumentSources([{ file: 'a.yaml', text }], { context: { endpoint: contract }, plansOnly: true }));

const parsed = (text: string | undefined): unknown => parseDocuments('a.yaml', text ?? '').documents[0]?.value;

const patchOf = (text: string): unknown =>
  parsed(component(text).find(({ name }) => name !== 'kustomization.yaml')?.content);

const namesIn = (patch: unknown): string[] =>
  listAt(patch, 'spec', 'template', 'spec', 'containers', 0, 'env').map((entry) => textAt(entry, 'name') ?? '');

test('a component has one patch a workload, and a target for kinds without a schema alone', () => {
  const rollout = deployment('')
    .replace('apps/v1', 'argoproj.io/v1alpha1')
    .replace('Deployment', 'Rollout')
    .replaceAll('name: web', 'name: a.b');
  const files = component(`${deployment('')}---\n${rollout}---\n${deployment('', { image: 'redis' })}`);
  expect(files.map(({ name }) => name)).toEqual(['kustomization.yaml', 'deployment-web.yaml', 'rollout-a.b.yaml']);
  expect(parsed(files[0]?.content)).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    patches: [
      { path: 'deployment-web.yaml' },
      {
        path: 'rollout-a.b.yaml',
        target: { group: 'argoproj.io', version: 'v1alpha1', kind: 'Rollout', name: 'a\\.b' },
      },
    ],
  });
});

test('a patch names what the attributes refer to, before them, and nothing else of the base', () => {
  const env =
    literal('A', '$(B)') +
    field('MY_IP', 'status.podIP') +
    literal('B', '1') +
    literal('OTEL_RESOURCE_ATTRIBUTES', 'a=$(A)');
  const names = namesIn(patchOf(deployment(literal('OTHER', 'x') + env)));
  expect(names.slice(0, 3)).toEqual(['A', 'MY_IP', 'B']);
  expect(names.at(-1)).toBe('OTEL_RESOURCE_ATTRIBUTES');
  expect(names).not.toContain('OTHER');
});

test('a patch takes away the value that would be merged with the new one', () => {
  const secret = `
            - name: OTEL_EXPORTER_OTLP_ENDPOINT
              valueFrom: { secretKeyRef: { name: s, key: k } }`;
  const files = componentFiles(
    instrumentSources([{ file: 'a.yaml', text: deployment(secret) }], {
      context: { endpoint: { ...contract, replaces: true } },
    }),
  );
  expect(files[1]?.content).toContain(`- name: OTEL_EXPORTER_OTLP_ENDPOINT
              value: http://coralogix-opentelemetry-collector:4317
              valueFrom: null`);
});

/** What kustomize makes of a list: the entries that the patch names in front, in its order, merged with the base's. */
function mergedByKustomize(base: readonly unknown[], patch: readonly unknown[]): Mapping[] {
  const name = (entry: unknown) => textAt(entry, 'name');
  const last = (list: readonly unknown[], wanted: unknown) => list.findLast((entry) => name(entry) === name(wanted));
  const merge = (one: unknown, other: unknown): Mapping => {
    const result: Record<string, unknown> = { ...(isMapping(one) ? one : {}) };
    for (const [key, value] of Object.entries(isMapping(other) ? other : {})) {
      if (value === null) {
        delete result[key];
      } else {
        result[key] = isMapping(value) && isMapping(result[key]) ? merge(result[key], value) : value;
      }
    }
    return result;
  };
  const rest = base.filter((entry) => last(patch, entry) === undefined && last(base, entry) === entry);
  return [...patch.map((entry) => merge(last(base, entry), entry)), ...rest.map((entry) => merge({}, entry))];
}

test('variables that refer to each other in a circle are named, and instrumented once', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: acme/web:1.2
          env:
            - { name: OTEL_RESOURCE_ATTRIBUTES, value: team=$(TEAM) }
            - { name: TEAM, value: $(A) }
            - { name: A, value: $(TEAM)-x }
`;
  const { files } = instrumentSources([{ file: 'a.yaml', text }], { context: { endpoint: contract } });
  const [object] = files[0]?.objects ?? [];
  expect(object?.status).toBe('instrumented');
  expect(object?.plan?.containers[0]?.warnings).toContainEqual({
    code: 'undefined-reference',
    message: 'A refers to $(TEAM), which refers back to it: no order declares both',
  });
});

test('a container with nothing but a hidden variable is named, for kustomize keeps the last of a name when it merges', () => {
  const right = instrumentSources([{ file: 'a.yaml', text: deployment('') }], { context: { endpoint: contract } });
  const text = (right.files[0]?.after ?? '').replace(
    /( *)- name: OTEL_SERVICE_NAME/,
    (line, indentation: string) => `${indentation}- { name: OTEL_SERVICE_NAME, value: hidden }\n${line}`,
  );
  const manual = text.replace(/ *podhost\.dev\/instrumented:.*\n/, '').replace(/ *annotations:\n/, '');
  const files = componentFiles(
    instrumentSources([{ file: 'a.yaml', text: manual }], { context: { endpoint: contract } }),
  );
  expect(files[1]?.content).toMatch(/- name: app\n *env: \[\]\n/);
});

test('in the order of kustomize, every reference in what is new has a value', () => {
  fc.assert(
    fc.property(manifestText, (text) => {
      const { files } = instrumentSources([{ file: 'a.yaml', text }], {
        context: { endpoint: contract },
        plansOnly: true,
      });
      const [object] = files[0]?.objects ?? [];
      const [plan] = object?.plan?.containers ?? [];
      fc.pre(
        object?.status === 'instrumented' &&
          textAt(object.object, 'metadata', 'name') !== undefined &&
          object.templatePath !== undefined &&
          plan !== undefined,
      );
      const path = [...(object.templatePath ?? []), 'spec', 'containers', 0, 'env'];
      const patch = parsed(componentFiles({ files, warnings: [] })[1]?.content);
      const environment = new Map<string, string>();
      const merged = mergedByKustomize(listAt(object.object, ...path), listAt(patch, ...path));
      for (const entry of merged) {
        expect(entry['value'] === undefined || entry['valueFrom'] === undefined).toBe(true);
        const value = textAt(entry, 'valueFrom', 'fieldRef', 'fieldPath') ?? textAt(entry, 'value') ?? 'from elsewhere';
        environment.set(textAt(entry, 'name') ?? '', expandAsKubelet(value, environment));
      }
      for (const { name } of plan?.plan.inserted ?? []) {
        expect(environment.get(name)).not.toMatch(/\$\(/);
      }
      expect(environment.get('OTEL_RESOURCE_ATTRIBUTES')).toMatch(/k8s\.pod\.ip=status\.podIP(,|$)/);
      expect(Object.keys(Object(valueAt(patch, 'spec')))).not.toContain('selector');
    }),
    { numRuns: 120 },
  );
});

test('a JSON patch for a kind without a schema tests what it changes', () => {
  const text = deployment(literal('OTEL_RESOURCE_ATTRIBUTES', 'a=b') + literal('B', '1'))
    .replace('apps/v1', 'argoproj.io/v1alpha1')
    .replace('Deployment', 'Rollout');
  const operations = patchOf(text);
  const at = '/spec/template/spec/containers/0';
  expect(Array.isArray(operations) && operations.slice(0, 5)).toEqual([
    { op: 'test', path: `${at}/name`, value: 'app' },
    { op: 'test', path: `${at}/env/0/name`, value: 'OTEL_RESOURCE_ATTRIBUTES' },
    {
      op: 'replace',
      path: `${at}/env/0`,
      value: { name: 'OTEL_RESOURCE_ATTRIBUTES', value: expect.stringMatching(/^a=b,k8s/) },
    },
    { op: 'test', path: `${at}/env/0/name`, value: 'OTEL_RESOURCE_ATTRIBUTES' },
    { op: 'add', path: `${at}/env/0`, value: expect.objectContaining({ name: 'K8S_POD_NAME' }) },
  ]);
});

test('a folder is brought up to date, and what podhost did not write stays', () => {
  const folder = join(temporaryFolder(), 'podhost');
  const first = component(`${deployment('')}---\n${deployment('').replaceAll('web', 'api')}`);
  expect(writeComponent(folder, first, true).map(({ kind }) => kind)).toEqual(['new', 'new', 'new']);
  writeFileSync(join(folder, 'own.yaml'), 'a: 1\n');
  expect(writeComponent(folder, first, true)).toEqual([]);
  const second = component(deployment(literal('OTEL_RESOURCE_ATTRIBUTES', 'a=b')));
  expect(writeComponent(folder, second, false).map(({ kind }) => kind)).toEqual(['changed', 'changed', 'removed']);
  writeComponent(folder, second, true);
  expect(readdirSync(folder).sort()).toEqual(['deployment-web.yaml', 'kustomization.yaml', 'own.yaml']);
});

test("somebody else's file is not replaced", () => {
  const folder = join(temporaryFolder(), 'podhost');
  mkdirSync(folder);
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources: []\n');
  expect(() => writeComponent(folder, component(deployment('')), true)).toThrow(/was not written by podhost/);
  expect(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')).toBe('resources: []\n');
});
