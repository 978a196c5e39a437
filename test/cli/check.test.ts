import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { minimal } from '../config/minimal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { capturedRun } from './captured-run.ts';

function configFile(content: string): string {
  const file = join(temporaryFolder(), 'shop.yaml');
  writeFileSync(file, content);
  return file;
}

describe('podhost check', () => {
  test('checks the example when nothing else is said', async () => {
    expect(await capturedRun('check')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'config/dataprime-demo.yaml: no problems\n',
    });
  });

  test('prints every problem on standard output and exits with 2', async () => {
    const file = configFile(minimal.replace('8080', '80800').replace('domain: eu2.coralogix.com', 'domain: EU2'));
    expect(await capturedRun('check', '--config', file)).toEqual({
      status: 2,
      stderr: '',
      stdout: `${file}:6:11 coralogix.domain is the bare host name of a region (EU2), not "EU2" [config/valid-domain]
  6 |   domain: EU2
    |           ^
  write: eu2.coralogix.com

${file}:28:11 services[0].port must be a whole number from 1 to 65535, not "80800" [config/invalid-value]
  28 |     port: 80800
     |           ^
  write: a whole number from 1 to 65535

2 problems
`,
    });
  });

  test('prints them as JSON', async () => {
    const file = configFile(minimal.replace('8080', '80800'));
    const { status, stdout, stderr } = await capturedRun('check', '--config', file, '--format', 'json');
    expect([status, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      problems: [
        {
          code: 'config/invalid-value',
          message: 'services[0].port must be a whole number from 1 to 65535, not "80800"',
          place: { file, line: 28, column: 11 },
          suggestion: 'write: a whole number from 1 to 65535',
        },
      ],
    });
  });

  test('prints an empty list as JSON when there are none', async () => {
    const { status, stdout } = await capturedRun('check', '--format', 'json');
    expect([status, JSON.parse(stdout)]).toEqual([0, { version: 1, problems: [] }]);
  });

  test('names a file that does not exist', async () => {
    const { status, stdout } = await capturedRun('check', '--config', 'none.yaml');
    expect([status, stdout]).toEqual([
      2,
      'none.yaml does not exist [config/no-file]\n  name another file: --config FILE, or write one: npm run podhost -- init\n\n1 problem\n',
    ]);
  });

  test('never shows a secret, not even in the line that holds it', async () => {
    const secret = 'hunter2hunter2';
    const file = configFile(
      minimal
        .replace('LOG_LEVEL: info', `DB_PASSWORD: ${secret}`)
        .replace('MODE: fast', `API_TOKEN: ${secret}, LIST_TOKEN: [${secret}], bad-key: 1`)
        .replace('clusterName: shop', `clusterPassword: ${secret}`)
        .replace('keys: [DB_PASSWORD', `keys: [sk-abcdefghijklmnop1234`),
    );
    for (const format of ['text', 'json']) {
      const { status, stdout, stderr } = await capturedRun('check', '--config', file, '--format', format);
      expect(status).toBe(2);
      expect(stdout).toContain('no-literal-secret');
      expect(stdout + stderr).not.toMatch(/hunter2|abcdefghijklmnop/);
    }
  });

  test('does not show a secret beside a syntax error', async () => {
    const { stdout } = await capturedRun('check', '--config', configFile('env: { DB_PASSWORD: hunter2, x: @y }\n'));
    expect(stdout).toContain('cannot begin with @');
    expect(stdout).not.toContain('hunter2');
  });
});

describe('a warning', () => {
  const doubtful = () => configFile(minimal.replace('MODE: fast', 'PATH: /bin'));
  const printed = (
    file: string,
  ) => `${file}:32:12 PATH of service api is read by the shell and replaces what the image sets, instrumentation included [config/no-loader-variable]
  32 |     env: { PATH: /bin }
     |            ^
  remove it, or set it in the image (ENV PATH)

1 warning
`;

  test('is printed on standard error and refuses nothing', async () => {
    const file = doubtful();
    expect(await capturedRun('check', '--config', file)).toEqual({
      status: 0,
      stdout: '',
      stderr: `${printed(file)}${file}: no errors\n`,
    });
  });

  test('is among the problems as JSON, with its level', async () => {
    const file = doubtful();
    const { status, stdout, stderr } = await capturedRun('check', '--config', file, '--format', 'json');
    expect([status, stderr]).toEqual([0, `${printed(file)}${file}: no errors\n`]);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ code: 'config/no-loader-variable', level: 'warning' }] });
  });

  test('is printed by synth, which writes all the same', async () => {
    const file = doubtful();
    const output = join(temporaryFolder(), 'dist');
    const { status, stderr } = await capturedRun('synth', '--config', file, '--output', output);
    expect([status, stderr.startsWith(printed(file))]).toEqual([0, true]);
    expect(existsSync(join(output, '30-api.yaml'))).toBe(true);
  });

  test('stands beside the errors where there are some', async () => {
    const file = configFile(minimal.replace('MODE: fast', 'PATH: /bin').replace('8080', '80800'));
    const { status, stdout } = await capturedRun('check', '--config', file);
    expect([status, stdout.split('\n').at(-2)]).toEqual([2, '1 problem, 1 warning']);
    expect(stdout).toContain('[config/no-loader-variable]');
  });

  test('several files are one configuration, and each problem is in its own file', async () => {
    const [base, prod] = [configFile(minimal), configFile('environment: ""\nservices: [{ name: web, port: 8082 }]\n')];
    const { status, stdout } = await capturedRun('check', '--config', base, '--config', prod);
    expect([status, stdout.split(' ')[0]]).toEqual([2, `${prod}:1:14`]);
    writeFileSync(prod, 'environment: test\n');
    expect(await capturedRun('check', '--config', base, '--config', prod)).toEqual({
      status: 0,
      stdout: '',
      stderr: `${base} and ${prod}: no problems\n`,
    });
  });
});
