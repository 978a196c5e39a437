import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type OddFile, oddFiles, oddFolder } from './odd-files.ts';

/** What a command line does with a file. */
interface Use {
  readonly title: string;
  readonly args: (path: string, folder: string) => readonly string[];
  /** First part of the code of its problems. */
  readonly area: string;
  readonly takesFolders?: boolean;
}

const manifest = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

/** A file of manifests that are fine. */
function fine(folder: string): string {
  const file = join(folder, 'fine.yaml');
  writeFileSync(file, manifest);
  return file;
}

const uses: readonly Use[] = [
  { title: 'check --config', args: (path) => ['check', '--config', path], area: 'config' },
  {
    title: 'synth --config',
    args: (path, folder) => ['synth', '--config', path, '--output', join(folder, 'out')],
    area: 'config',
  },
  { title: 'deploy --config', args: (path) => ['deploy', '--config', path, '--dry-run'], area: 'config' },
  { title: 'lint', args: (path) => ['lint', path], area: 'read', takesFolders: true },
  {
    title: 'lint --values',
    args: (path, folder) => ['lint', fine(folder), '--values', path],
    area: 'read',
    takesFolders: true,
  },
  { title: 'lint --config', args: (path, folder) => ['lint', fine(folder), '--config', path], area: 'config' },
  { title: 'explain', args: (path) => ['explain', 'api', path], area: 'read', takesFolders: true },
  { title: 'forecast', args: (path) => ['forecast', path], area: 'read', takesFolders: true },
  { title: 'forecast --spans', args: (path, folder) => ['forecast', '--spans', path, fine(folder)], area: 'forecast' },
];

describe.each(uses)('$title ends with 2 at once, and names', ({ args, area, takesFolders = false }) => {
  test.each([...oddFiles, ...(takesFolders ? [] : [oddFolder])].filter(({ isHere = true }) => isHere))(
    '$title',
    async ({ make, kind, says }: OddFile) => {
      const folder = temporaryFolder();
      const path = join(folder, 'odd.yaml');
      await make(path);
      const { status, stdout } = await capturedRun(...args(path, folder));
      expect(stdout).toContain(`odd.yaml `);
      expect(stdout).toContain(says);
      expect(stdout).toContain(`[${area}/${kind}]`);
      expect(status).toBe(2);
    },
  );
});

describe('an SQL file that the configuration names is refused when it is', () => {
  test.each([...oddFiles, oddFolder].filter(({ isHere = true }) => isHere))('$title', async ({ make, says }) => {
    const folder = temporaryFolder();
    const config = join(folder, 'shop.yaml');
    writeFileSync(config, minimal.replace('database: shop', 'database: shop\n    initSql: [a.sql]'));
    await make(join(folder, 'a.sql'));
    const { status, stdout } = await capturedRun('check', '--config', config);
    expect(stdout).toMatch(/a\.sql .*\[config\/valid-init-sql\]/);
    expect(stdout).toContain(says);
    expect(status).toBe(2);
  });
});

describe('a folder', () => {
  test('whose links lead in a circle is read once', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'below'));
    fine(join(folder, 'below'));
    symlinkSync('..', join(folder, 'below/up'));
    symlinkSync('below', join(folder, 'again'));
    expect((await capturedRun('lint', folder)).stderr).toMatch(/^no findings in 1 file\ncoverage: /);
    expect((await capturedRun('lint', join(folder, '**/*.yaml'))).stderr).toMatch(/^no findings in 1 file\ncoverage: /);
  });

  test('is named where it is hidden', async () => {
    const folder = temporaryFolder();
    fine(folder);
    mkdirSync(join(folder, '.old'));
    const { status, stderr } = await capturedRun('lint', folder);
    expect(stderr).toMatch(/^not read, for the names begin with a dot: .*\.old\n/);
    expect(status).toBe(0);
  });

  test('with a pipe in it is not passed over', async () => {
    const folder = temporaryFolder();
    fine(folder);
    symlinkSync('/dev/zero', join(folder, 'zero.yaml'));
    const { status, stdout } = await capturedRun('lint', folder);
    expect(stdout).toContain('zero.yaml is a device, not a regular file [read/not-a-file]');
    expect(status).toBe(2);
  });
});

test.skipIf(process.platform !== 'linux')('standard input that never ends is refused', () => {
  const zero = openSync('/dev/zero', 'r');
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/podhost.ts', 'lint', '-'], {
    stdio: [zero, 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  closeSync(zero);
  expect(stdout).toContain('<stdin> is too long; at most 67108864 are read [read/too-large]');
  expect(status).toBe(2);
});

const repeated = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('');

const deep = 100_000;

/** Texts that nest without end, whatever reads them. */
const nested: readonly (readonly [string, string])[] = [
  ['lists in brackets', '['.repeat(deep)],
  ['closed lists in brackets', '['.repeat(deep) + ']'.repeat(deep)],
  ['mappings in braces', '{a: '.repeat(deep)],
  ['lists in one line', '- '.repeat(deep)],
  ['keys that are mappings', '? '.repeat(deep)],
  ['lists in lines', repeated(1000, (index) => `${' '.repeat(index)}-\n`)],
  ['mappings in lines', repeated(1000, (index) => `${' '.repeat(index)}a:\n`)],
  ['aliases', `a0: &a0 [x]\n${repeated(400, (index) => `a${index + 1}: &a${index + 1} [*a${index}]\n`)}`],
  [
    'aliases under numbers, which are read the other way round',
    `{${repeated(5000, (index) => `"${9999 - index}": &a${index} [${index === 0 ? 'x' : `*a${index - 1}`}],`)} x: y}`,
  ],
];

describe('depth is bounded:', () => {
  test.each(nested)('check refuses %s', async (_, text) => {
    const file = join(temporaryFolder(), 'deep.yaml');
    writeFileSync(file, text);
    const { status, stdout } = await capturedRun('check', '--config', file);
    expect(stdout).toMatch(
      /deep\.yaml:\d+:\d+ (the file nests deeper than 100 levels \[config\/yaml-syntax\]|written out)/,
    );
    expect(status).toBe(2);
  });

  test.each(nested)('lint reports %s', async (_, text) => {
    const file = join(temporaryFolder(), 'deep.yaml');
    writeFileSync(file, text);
    const { status, stdout } = await capturedRun('lint', file);
    expect(stdout).toMatch(/deep\.yaml:\d+:\d+ error: .*deeper than 200 levels \[valid-yaml\]/);
    expect(status).toBe(1);
  });

  test.each(nested.slice(0, 2))('forecast refuses spans with %s', async (_, text) => {
    const folder = temporaryFolder();
    const file = join(folder, 'spans.json');
    writeFileSync(file, `{"resourceSpans":${text}`);
    const { status, stdout } = await capturedRun('forecast', '--spans', file, fine(folder));
    expect(stdout).toContain('nests deeper than 200 levels [forecast/no-spans]');
    expect(status).toBe(2);
  });

  test('lint reports a collector configuration in a ConfigMap', async () => {
    const folder = temporaryFolder();
    const text = `pipelines: ${'['.repeat(deep)}`;
    const objects = [
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: relay }\ndata:\n  relay: |\n    # relay\n    ${text}\n`,
      'apiVersion: v1\nkind: Pod\nmetadata: { name: agent }\nspec: { volumes: [{ name: c, configMap: { name: relay } }] }\n',
    ];
    writeFileSync(join(folder, 'a.yaml'), objects.join('---\n'));
    const { status, stdout } = await capturedRun('lint', folder);
    expect(stdout).toMatch(/a\.yaml:7:\d+ error: the document nests deeper than 200 levels \[valid-yaml\]/);
    expect(status).toBe(1);
  });

  test('lint reads what nests as deep as any schema of a custom resource', async () => {
    const file = join(temporaryFolder(), 'crd.yaml');
    writeFileSync(file, `${manifest}x: ${'[{a: '.repeat(60)}1${'}]'.repeat(60)}\n`);
    expect((await capturedRun('lint', file)).status).toBe(0);
  });
});

const level = (index: number, text: (name: string) => string): string =>
  `a${index + 1}: &a${index + 1} ${text(`*a${index}`)}\n`;

/** Texts that stand for far more than they are. */
const bombs: readonly (readonly [string, string, RegExp])[] = [
  [
    'aliases of aliases',
    `a0: &a0 [x, x]\n${repeated(40, (index) => level(index, (alias) => `[${alias}, ${alias}, ${alias}]`))}`,
    /stand for more than \d+ values/,
  ],
  [
    'merge keys of merge keys',
    `a0: &a0 { ${repeated(100, (index) => `k${index}: 1, `)}x: 1 }\n${repeated(2000, (index) => `b${index}: { <<: *a0 }\n`)}`,
    /copy more than \d+ keys/,
  ],
  [
    'a long text that stands everywhere',
    `a0: &a0 "${'x'.repeat(1_000_000)}"\nb: [${'*a0, '.repeat(1000)}]\n`,
    /stand for more than \d+ characters/,
  ],
  [
    'a list of long texts as a key',
    `a0: &a0 "${'x'.repeat(1_000_000)}"\n? [${'*a0, '.repeat(600)}]\n: 1\n`,
    /stand for more than \d+ characters/,
  ],
];

describe('lint reports', () => {
  test.each(bombs)('%s', async (_, text, message) => {
    const file = join(temporaryFolder(), 'bomb.yaml');
    writeFileSync(file, text);
    const { status, stdout } = await capturedRun('lint', file);
    expect(stdout).toMatch(message);
    expect(stdout).toMatch(/\d+:\d+ error: .*\[valid-yaml\]\n/);
    expect(status).toBe(1);
  });

  test.each(['explain', 'forecast'])('what %s did not read is on standard error', async (command) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'deep.yaml'), '['.repeat(deep));
    const { stderr } = await capturedRun(command, ...(command === 'explain' ? ['api'] : []), folder);
    expect(stderr).toMatch(/deep\.yaml:1: not read, for the document nests deeper than 200 levels/);
  });
});

const variables = (...entries: readonly string[]): string =>
  [
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api, namespace: shop }\nspec:\n  template:\n    spec:\n',
    '      containers:\n        - name: api\n          image: api:1\n          env:\n',
    ...entries.map((entry) => `            - ${entry}\n`),
  ].join('');

describe('a text of one configuration or manifest takes no time or memory that it has not:', () => {
  test('a:a:a:… ends with the problem of the file', async () => {
    const file = join(temporaryFolder(), 'shop.yaml');
    writeFileSync(file, 'a:'.repeat(8192));
    const { status, stdout } = await capturedRun('check', '--config', file);
    expect(stdout).toMatch(/1 problem\n$/);
    expect(status).toBe(2);
  });

  test('a variable that is twice the one before it, sixty times', async () => {
    const file = join(temporaryFolder(), 'api.yaml');
    const doubled = Array.from(
      { length: 60 },
      (_, index) => `{ name: OTEL_V${index + 1}, value: "$(OTEL_V${index})$(OTEL_V${index})" }`,
    );
    writeFileSync(file, variables('{ name: OTEL_V0, value: xxxxxxxx }', ...doubled));
    expect((await capturedRun('lint', file)).status).toBe(0);
    expect((await capturedRun('explain', 'api', file)).status).not.toBe(3);
  });

  test('a pattern of a processor that backtracks without end', async () => {
    const folder = temporaryFolder();
    const config = [
      'receivers: { otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" } } } }',
      'processors: { resource: { attributes: [{ pattern: "(a+)+$", action: delete }] } }',
      'connectors: { spanmetrics: { dimensions: [{ glob: "**a**a**a**a**a**b" }] } }',
      'exporters: { debug: {} }',
      'service:',
      '  pipelines:',
      '    traces: { receivers: [otlp], processors: [resource], exporters: [spanmetrics] }',
      '    metrics: { receivers: [spanmetrics], exporters: [debug] }',
    ];
    const objects = [
      variables(
        '{ name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://agent:4317" }',
        `{ name: OTEL_RESOURCE_ATTRIBUTES, value: "${'a'.repeat(3000)}!=b" }`,
      ),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: relay, namespace: shop }\ndata:\n  relay: |\n${config.map((line) => `    ${line}\n`).join('')}`,
      'apiVersion: v1\nkind: Service\nmetadata: { name: agent, namespace: shop }\nspec: { selector: { app: agent }, ports: [{ port: 4317 }] }\n',
      'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent, namespace: shop }\nspec: { template: { metadata: { labels: { app: agent } }, spec: { volumes: [{ name: c, configMap: { name: relay } }] } } }\n',
    ];
    writeFileSync(join(folder, 'a.yaml'), objects.join('---\n'));
    expect((await capturedRun('explain', 'api', folder)).status).not.toBe(3);
    expect((await capturedRun('forecast', folder)).status).toBe(0);
  });
});
