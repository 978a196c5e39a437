import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Validation } from 'cdk8s-cli/plugins';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PodhostValidation } from '../../lib/lint/cdk8s-validation.ts';
import { everyHostile, expectHarmless } from '../support/hostile.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { Cdk8sProject } from './support/cdk8s-project.ts';

test('is what the command takes for a plug-in', () => {
  const plugin: Validation = new PodhostValidation({ rules: { 'valid-yaml': 'off' } });
  expect(plugin.validate).toBeTypeOf('function');
});

test.each([
  ['a rule that does not exist', { rules: { 'valid-yoml': 'off' } }, 'there is no rule valid-yoml'],
  ['a severity that does not exist', { rules: { 'valid-yaml': 'info' } }, 'Invalid option'],
  ['a property that does not exist', { maxWarning: 1 }, 'maxWarning'],
])('%s is refused', (_, properties, said) => {
  expect(() => new PodhostValidation(properties)).toThrow(said);
});

test.each([
  [
    'is not understood where no property names it',
    {},
    [],
    [
      /^\S+:1:\d+ +Worker press is not understood/,
      /properties: \{ templates: \[\{ apiVersion: example.com\/v1, kind: Worker, path: spec.pods \}\] \}/,
    ],
  ],
  [
    'is judged where the property templates names it',
    { templates: [{ apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pods' }] },
    ['require-service-name'],
    [],
  ],
])('a custom kind with pods %s', async (_, properties, expected, logged) => {
  const file = join(temporaryFolder(), 'worker.yaml');
  const variable = { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://collector:4317' };
  const pods = { spec: { containers: [{ name: 'main', image: 'acme/press:1', env: [variable] }] } };
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Worker', metadata: { name: 'press' }, spec: { pods } }),
  );
  const rules: string[] = [];
  const lines: string[] = [];
  await new PodhostValidation(properties).validate({
    manifests: [file],
    report: { addViolation: ({ ruleName }) => rules.push(ruleName), submit: () => {} },
    logger: { log: (line) => lines.push(line) },
  });
  expect(rules).toEqual(expect.arrayContaining(expected));
  expect(lines.some((line) => line.includes('Worker'))).toBe(logged.length > 0);
  for (const pattern of logged) {
    expect(lines.join('\n')).toMatch(pattern);
  }
});

test('a template without a path is refused', () => {
  const templates = [{ apiVersion: 'example.com/v1', kind: 'Worker' }];
  expect(() => new PodhostValidation({ templates })).toThrow('properties.templates.0.path');
});

test('what is handed to the command for printing is harmless', async () => {
  const name = everyHostile.replaceAll(/[/\0]|\p{Cs}/gu, '').slice(0, 80);
  const file = join(temporaryFolder(), `${name}.yaml`);
  const annotations = { [`podhost.dev/ignore-${everyHostile}`]: 'a' };
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: everyHostile, annotations } }),
  );
  const printed: unknown[] = [];
  await new PodhostValidation({}).validate({
    manifests: [file],
    report: { addViolation: (violation) => printed.push(violation), submit: () => {} },
    logger: { log: (message) => printed.push(message) },
  });
  expect(printed).toHaveLength(1);
  JSON.stringify(printed, (_, value: unknown) => {
    if (typeof value === 'string') {
      expectHarmless(value);
    }
    return value;
  });
});

describe('inside cdk8s synth', () => {
  let project: Cdk8sProject;
  beforeAll(async () => {
    project = await Cdk8sProject.create();
  }, 60_000);
  afterAll(() => project.remove());

  test('findings fail the run, with the construct that they are about', async () => {
    const { status, stdout } = await project.synth({ synthesis: 'app.synth();', properties: '{ maxWarnings: 0 }' });
    expect(status).not.toBe(0);
    expect(stdout).toContain('valid-suppression (1 occurrences)');
    expect(stdout).toContain('Construct Path: chart/Resource');
    expect(stdout).toContain('5:5 valid-yaml is not suppressed without a reason; write why');
  });

  test('warnings that are accepted do not, and our own synthesis leaves no metadata among the manifests', async () => {
    const { status, stdout } = await project.synth({
      imports: "import { synthesize } from './build/lib/synth/synthesize.js';",
      synthesis: 'synthesize(app);',
      properties: '{}',
    });
    expect([status, stdout]).toEqual([0, expect.stringContaining('valid-suppression (1 occurrences)')]);
    expect(readdirSync(join(project.folder, 'dist')).sort()).toEqual(['.podhost', 'chart.yaml']);
  });
});
