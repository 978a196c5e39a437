import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { explainService } from '../../lib/explain/explain-service.ts';
import { explanationJson } from '../../lib/explain/json.ts';
import { renderMermaid } from '../../lib/explain/render-mermaid.ts';
import { explanationText } from '../../lib/explain/render-text.ts';
import { formats } from '../../lib/lint/formats/index.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { textLines } from '../../lib/lint/report-lines.ts';
import { describedRules } from '../../lib/lint/rules/index.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { minimal } from '../config/minimal.ts';
import { chartValues } from '../lint/rules/support/collectors.ts';
import { application, smallSystem } from '../model/support/small-system.ts';
import { guises } from '../secrets/support/guises.ts';
import { leaksIn } from '../secrets/support/leaks.ts';
import { namedGuises } from '../secrets/support/named-guises.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

/** What rules and explanations quote. */
const quotedVariables = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_SERVICE_NAME',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
  'OTEL_PROPAGATORS',
];

const keyOf = (name: string): string => name.replaceAll(/[^\w.-]/g, '') || 'text';

/** Manifests and values with each secret in variables, arguments, annotations, ConfigMaps and Secrets. */
function planted(): { readonly folder: string; readonly services: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'podhost-planted-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const objects = guises.flatMap(({ name, text }, index) => {
    const quoted = quotedVariables[index % quotedVariables.length] ?? '';
    const env = { [keyOf(name)]: text, ...(index < namedGuises.length ? {} : { [quoted]: text }) };
    const data = Buffer.from(text).toString('base64');
    return [
      application({
        name: `app-${index}`,
        env,
        container: { args: [text] },
        metadata: { annotations: { note: text } },
      }),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `map-${index}` }, data: { [keyOf(name)]: text } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: `plain-${index}` }, stringData: { [keyOf(name)]: text } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: `data-${index}` }, data: { [keyOf(name)]: data } },
    ];
  });
  writeFileSync(join(folder, 'app.yaml'), smallSystem({ more: objects }));
  const extraEnvs = guises.map(({ name, text }) => ({ name: keyOf(name), value: text }));
  writeFileSync(join(folder, 'values.yaml'), chartValues(toYaml({ 'opentelemetry-agent': { extraEnvs } })));
  return { folder, services: guises.map((_, index) => `app-${index}`) };
}

/** The example of the tests with each secret in the ConfigMap, in a variable and in SQL. */
function plantedConfig(): string {
  const folder = temporaryFolder();
  const config = parseDocument(minimal);
  const names = guises.map(({ name }, index) => `${keyOf(name).replaceAll(/[.-]/g, '_')}_${index}`);
  for (const [index, { text }] of guises.entries()) {
    config.setIn(['configMap', 'data', names[index] ?? ''], text);
    config.setIn(['services', 0, 'env', names[index] ?? ''], text);
    config.setIn(['services', 1, 'labels', names[index] ?? ''], text);
  }
  config.setIn(['datastores', 1, 'initSql'], config.createNode(['init.sql']));
  writeFileSync(join(folder, 'init.sql'), guises.map(({ text }) => `${text}\n`).join('\n'));
  writeFileSync(join(folder, 'shop.yaml'), config.toString({ lineWidth: 0 }));
  return join(folder, 'shop.yaml');
}

async function leaksOf(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await capturedRun(...args);
  expect(stdout.length).toBeGreaterThan(100);
  return leaksIn(stdout + stderr);
}

describe('of planted manifests', () => {
  const { folder, services } = planted();
  const sources = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));

  test.each(Object.entries(formats))('lint --format %s shows no secret', (_, format) => {
    const { result, model } = lintSources(sources);
    const shown = format({
      result,
      files: model.files,
      rules: describedRules,
      lines: textLines(sources),
      colour: false,
    });
    expect(result.findings.length).toBeGreaterThan(4 * guises.length);
    expect(leaksIn(shown)).toEqual([]);
  });

  test('lint shows none either when it does not look for them', async () => {
    expect(await leaksOf('lint', folder, '--rule', 'no-literal-secret=off')).toEqual([]);
  });

  test('explain shows no secret of any service in any format', () => {
    const model = readModel(sources);
    const explanations = services.flatMap((service) => explainService(model, service) ?? []);
    expect(explanations.length).toBeGreaterThan(guises.length / 2);
    const shown = explanations.flatMap((explanation) =>
      [explanationText, explanationJson, renderMermaid].map((render) => render(explanation)),
    );
    expect(leaksIn(shown.join('\n'))).toEqual([]);
  });

  test.each(['text', 'json', 'mermaid'])('explain --format %s shows no secret', async (format) => {
    expect(await leaksOf('explain', 'app-0', folder, '--format', format)).toEqual([]);
  });

  test.each(['text', 'json', 'mermaid'])('collectors --format %s shows no secret', async (format) => {
    expect(await leaksOf('collectors', folder, '--format', format)).toEqual([]);
  });

  test.each(['text', 'json'])('forecast --format %s shows no secret', async (format) => {
    expect(await leaksOf('forecast', folder, '--format', format)).toEqual([]);
  });
});

describe('of a planted configuration', () => {
  test.each([
    ['check', 'text'],
    ['check', 'json'],
    ['synth', 'text'],
    ['synth', 'json'],
  ])('%s --format %s shows no secret, and writes nothing', async (command, format) => {
    const config = plantedConfig();
    const before = readFileSync(config, 'utf8');
    const output = temporaryFolder();
    const more = command === 'synth' ? ['--output', output] : [];
    expect(await leaksOf(command, '--config', config, '--format', format, ...more)).toEqual([]);
    expect([filesIn(output), readFileSync(config, 'utf8')]).toEqual([{}, before]);
  });

  test.each([
    ['deploy', ['--dry-run']],
    ['deploy', ['--yes']],
    ['undeploy', ['--yes']],
    ['lint', []],
    ['forecast', []],
  ])('%s %j shows no secret', async (command, options) => {
    expect(await leaksOf(command, '--config', plantedConfig(), ...options)).toEqual([]);
  });
});
