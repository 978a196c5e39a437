import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { loadedPackages } from '../support/loaded-packages.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const broken = 'kind: [\n';
const fine = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';

/** A folder with one file. */
function folderWith(text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.yaml'), text);
  return folder;
}

/** The example's configuration with a section of its own for lint. */
function configWith(lint: string): string {
  const file = join(temporaryFolder(), 'system.yaml');
  writeFileSync(file, `${readFileSync('config/dataprime-demo.yaml', 'utf8')}\nlint:\n  ${lint}\n`);
  return file;
}

const nothing = 'coverage: 0 workloads judged, 0 configured with OTLP, 0 not instrumented; 0 collectors understood';

describe('exit status', () => {
  test('0 and a line on standard error when there is nothing', async () => {
    expect(await capturedRun('lint', folderWith(fine))).toEqual({
      status: 0,
      stdout: '',
      stderr: `no findings in 1 file\n${nothing}\n`,
    });
  });

  test('1 when there are errors, which go to standard output', async () => {
    const folder = folderWith(broken);
    const { status, stdout, stderr } = await capturedRun('lint', folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(`${folder}/a.yaml:2:1 error: `);
    expect(stderr).toBe(
      `1 error in 1 file; --explain RULE gives the reason\n${nothing}; not understood: 1 file (--verbose names them)\n`,
    );
  });

  test('2 when a path leads nowhere', async () => {
    const { status, stdout } = await capturedRun('lint', 'not-there');
    expect([status, stdout]).toEqual([2, expect.stringContaining('not-there does not exist')]);
  });

  test.each([
    ['--rule', 'valid-yml=off', 'write: valid-yaml'],
    ['--rule', 'valid-yaml', 'write: --rule valid-yaml=error, --rule valid-yaml=warning or --rule valid-yaml=off'],
    ['--rule', 'valid-yaml=info', '--rule valid-yaml=info sets no severity'],
    ['--explain', 'valid-yml', 'write: valid-yaml'],
  ])('2 for %s %s', async (option, value, said) => {
    const { status, stdout } = await capturedRun('lint', folderWith(fine), option, value);
    expect([status, stdout]).toEqual([2, expect.stringContaining(said)]);
  });

  test.each([['--max-warnings', 'x'], ['--format', 'xml'], ['--no-such-option']])('2 for %s %s', async (...args) => {
    expect((await capturedRun('lint', ...args)).status).toBe(2);
  });
});

describe('severities', () => {
  test('of the command line win over those of the configuration, which win over the rules', async () => {
    const folder = folderWith(broken);
    const config = configWith('rules: { valid-yaml: warning }');
    const statusWith = async (...args: string[]) => (await capturedRun('lint', folder, ...args)).status;
    expect(await statusWith()).toBe(1);
    expect(await statusWith('--config', config)).toBe(0);
    expect(await statusWith('--config', config, '--max-warnings', '0')).toBe(1);
    expect(await statusWith('--config', config, '--rule', 'valid-yaml=error')).toBe(1);
    expect(await statusWith('--rule', 'valid-yaml=off', '--max-warnings', '0')).toBe(0);
  });

  test('the configuration sets how many warnings are accepted', async () => {
    const config = configWith('{ rules: { valid-yaml: warning }, maxWarnings: 0 }');
    const folder = folderWith(broken);
    expect((await capturedRun('lint', folder, '--config', config)).status).toBe(1);
    expect((await capturedRun('lint', folder, '--config', config, '--max-warnings', '1')).status).toBe(0);
  });

  test('of a rule that does not exist are told with their place', async () => {
    const config = configWith('rules: { valid-yaml: off, valid-yoml: off }');
    const { status, stdout } = await capturedRun('lint', folderWith(fine), '--config', config);
    expect(status).toBe(2);
    expect(stdout).toMatch(/system\.yaml:\d+:\d+ there is no rule valid-yoml \[lint\/unknown-rule]/);
    expect(stdout).toContain('write: valid-yaml');
  });
});

test('a file that --values names is read and taken as values', async () => {
  const folder = folderWith('name: x\n');
  const file = join(folder, 'a.yaml');
  const without = await capturedRun('lint', folder);
  expect(without.stderr).toContain(`${file}: neither manifest nor values, ignored`);
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty', 'b.yaml'), fine);
  const { stderr } = await capturedRun(
    'lint',
    join(folder, 'empty'),
    '--values',
    join(folder, 'empty', '..', 'a.yaml'),
  );
  expect(stderr).not.toContain('ignored');
  expect(stderr).toContain('in 2 files');
});

test.each([
  ['json', '{\n  "version": 1,\n  "problems": []'],
  ['sarif', '{\n  "$schema"'],
  ['github', ''],
  ['junit', '<?xml'],
])('%s says that there is nothing', async (format, beginning) => {
  const { status, stdout } = await capturedRun('lint', folderWith(fine), '--format', format);
  expect([status, stdout.slice(0, beginning.length)]).toEqual([0, beginning]);
});

test('--list prints every rule', async () => {
  const { stdout } = await capturedRun('lint', '--list');
  expect(stdout).toMatch(/^valid-yaml +error +Reports a document that is not YAML\.$/m);
  const json: unknown = JSON.parse((await capturedRun('lint', '--list', '--format', 'json')).stdout);
  expect(json).toMatchObject({
    rules: expect.arrayContaining([{ id: 'valid-yaml', severity: 'error', summary: expect.any(String) }]),
  });
});

test('--explain prints the page of a rule', async () => {
  const { status, stdout } = await capturedRun('lint', '--explain', 'valid-yaml');
  expect([status, stdout.split('\n')[0]]).toEqual([0, '# valid-yaml']);
});

test('lint loads neither cdk8s nor constructs', async () => {
  expect(await loadedPackages('lint', folderWith(fine))).not.toContain('cdk8s');
});

test('--fix mends the files, lints again and reports what is left', async () => {
  const pod = [
    'apiVersion: v1',
    'kind: Pod',
    'metadata: { name: a }',
    'spec:',
    '  containers:',
    '    - name: a',
    '      env:',
    '        - name: GREETING',
    '          value: hello $(WHO) # in the morning',
    '        - name: WHO',
    '          value: world',
  ];
  const text = (...order: number[]) => `${order.map((index) => pod[index]).join('\n')}\n`;
  const folder = folderWith(text(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  const before = await capturedRun('lint', folder);
  expect([before.status, before.stderr]).toEqual([
    1,
    expect.stringMatching(
      /^1 error in 1 file; --explain RULE gives the reason; --fix mends 1\nnot instrumented: Pod a\n/,
    ),
  ]);
  const after = await capturedRun('lint', folder, '--fix');
  expect(after).toEqual({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(
      `^${folder}/a.yaml: 1 fixed\nnothing judged, because 1 workload is not instrumented, in 1 file\n`,
    ),
  });
  expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(text(0, 1, 2, 3, 4, 5, 6, 9, 10, 7, 8));
});

test('--render without helm keeps what was found, and ends with 3', async () => {
  vi.stubEnv('PATH', '');
  const folder = folderWith('opentelemetry-agent: {}\nglobal: { domain: eu2.coralogix.com, clusterName: c }\n');
  const { status, stdout } = await capturedRun('lint', folder, '--render', '--format', 'json');
  vi.unstubAllEnvs();
  expect([status, JSON.parse(stdout)]).toMatchObject([3, { failures: [{ code: 'lint/no-helm' }] }]);
});

test('--require-instrumented fails where nothing of a workload shows an SDK, and --verbose names what is counted', async () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: cart, namespace: shop }\nspec: { containers: [{ name: cart, image: "shop/cart:1" }] }\n';
  const folder = folderWith(pod);
  expect(await capturedRun('lint', folder, '--verbose')).toEqual({
    status: 0,
    stdout: '',
    stderr:
      'nothing judged, because 1 workload is not instrumented, in 1 file\nnot instrumented: Pod cart\n' +
      'coverage: 0 workloads judged, 0 configured with OTLP, 1 not instrumented; 0 collectors understood\n',
  });
  const { status, stdout } = await capturedRun('lint', folder, '--require-instrumented');
  expect(status).toBe(1);
  expect(stdout).toContain('nothing of Pod cart shows an SDK');
});
