import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { runByShell } from './stub-programs.ts';

/** Each of them makes a file X wherever it gets into a line of a shell unquoted. */
const payloads = [
  'A"; touch X; "',
  "a'; touch X; '",
  '$(touch X)',
  'a$(touch${IFS}X)',
  '`touch X`',
  'a;touch X',
  'a && touch X',
  'a|touch X',
  'a > X',
  'a\ntouch X\n',
  'a\r\ntouch X',
  '-oProxyCommand=touch X',
  '--post-renderer=./evil',
  '“; touch X; ”',
  'a\u0000; touch X',
  'a # \n touch X',
];

type Path = readonly (string | number)[];

/** Where the configuration names something that becomes a word of a line, and what else must be there. */
const refusing: readonly (readonly [Path, code?: string, more?: object])[] = [
  [['name']],
  [['namespace']],
  [['secret', 'name']],
  [['secret', 'keys', 0]],
  [['services', 0, 'name']],
  [['services', 0, 'image'], 'config/valid-image'],
  [['datastores', 0, 'name']],
  [['collector', 'namespace']],
  [['collector', 'release']],
  [['ingress', 'certificate', 'secretName']],
  [['deploy', 'host']],
  [['deploy', 'context']],
  [['deploy', 'chartRepository']],
  [['deploy', 'k3s', 'version']],
  [['deploy', 'k3s', 'installer'], undefined, { k3s: { version: 'v1.34.4+k3s1' } }],
  [['deploy', 'k3s', 'installerSha256'], undefined, { k3s: { version: 'v1.34.4+k3s1' } }],
  [['deploy', 'compose', 'project']],
  [['deploy', 'images', 'registry']],
  [['deploy', 'images', 'folder']],
  [['deploy', 'operator', 'version']],
  [['deploy', 'operator', 'namespace']],
  [['deploy', 'operator', 'secret', 'name']],
  [['deploy', 'operator', 'secret', 'key']],
];

let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder, 'shop.yaml');
  mkdirSync(join(folder, 'empty'));
  vi.stubEnv('PATH', join(folder, 'empty'));
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
});

afterEach(() => vi.unstubAllEnvs());

/** Writes the minimal configuration with some values of it replaced. */
function write(values: readonly (readonly [Path, unknown])[]): void {
  const document = parseDocument(minimal);
  for (const [path, value] of values) {
    document.setIn(path, document.createNode(value));
  }
  writeFileSync(file, document.toString());
}

const codesIn = (json: string): string[] => {
  const { problems }: { problems: { code: string }[] } = JSON.parse(json);
  return problems.map(({ code }) => code);
};

describe('a name is refused with whatever a shell would obey', () => {
  describe.each(refusing.map(([path, code = 'config/invalid-value', deploy = {}]) => ({ path, code, deploy })))(
    '$path',
    ({ path, code, deploy }) => {
      test.each(payloads)('%j', async (payload) => {
        write([
          [['deploy'], deploy],
          [path, payload],
        ]);
        const { status, stdout } = await capturedRun('synth', '--config', file, '--output', folder, '--format', 'json');
        expect(status).toBe(2);
        // What cannot be an image by its shape is not looked at by the rule for images.
        expect(codesIn(stdout)).toContain(
          /^services/.test(String(path)) && isShapeless(payload) ? 'config/invalid-value' : code,
        );
      });
    },
  );
});

/** No text of one line. */
const isShapeless = (payload: string): boolean => /[\n\r\0]/.test(payload);

/** Paths, which may have any name that a file may have, and the word that a program is to be given. */
const accepting: readonly (readonly [Path, of: (payload: string) => string, word: (value: string) => string])[] = [
  [['kubeconfig'], (payload) => `./${payload}`, (value) => `--kubeconfig=${value}`],
  [['chartRepository'], (payload) => `./${payload}`, (value) => `${value}/otel-integration`],
  [['k3s', 'installer'], (payload) => `/${payload}`, (value) => value],
  [['images', 'folder'], (payload) => `/opt/${payload.replaceAll(/\s/g, '${IFS}')}`, (value) => value],
  [['images', 'dockerfiles', 'api'], (payload) => `./${payload}`, (value) => `/${value}`],
];

const variables = ['DB_PASSWORD', 'API_KEY', 'PRIVATE_KEY'];

/** The commands to paste. */
const pasted = (stderr: string): string => stderr.split('as a script):\n')[1]?.replace('or by hand:\n', '') ?? '';

describe('a path is handed over as it is, by the script, by the next steps and by suggestions', () => {
  test.each(payloads.filter((payload) => !payload.includes('\0')))('%j', async (payload) => {
    const values = isShapeless(payload)
      ? []
      : accepting.map(([path, of, word]) => ({ path, value: of(payload), word }));
    const k3s = { version: 'v1.34.4+k3s1', installer: '/opt/k3s.sh' };
    const deploy = { host: 'eva@vm', k3s, compose: { project: 'old' }, images: { folder: '/opt/shop' } };
    const name = payload.replaceAll('/', '-');
    file = join(folder, `${name}.yaml`);
    const output = join(folder, name);
    write([[['deploy'], deploy], ...values.map(({ path, value }): [Path, string] => [['deploy', ...path], value])]);
    const paths = ['--config', file, '--output', output];

    const missing = await capturedRun('deploy', ...paths, '--dry-run');
    expect(missing).toMatchObject({ status: 2, stdout: expect.stringContaining('[deploy/no-dist]') });
    const [, suggestion = ''] = /^ {2}run: ([\s\S]*)\n\n1 problem\n$/m.exec(missing.stdout) ?? [];
    expect(runByShell(suggestion, join(folder, 'suggested'))).toEqual({
      calls: [['npm', 'run', 'podhost', '--', 'synth', ...paths]],
      made: [],
    });

    const { status, stderr } = await capturedRun('synth', ...paths);
    expect(status).toBe(0);
    const steps = runByShell(pasted(stderr), join(folder, 'steps'), variables);
    expect(steps.made).toEqual([]);
    expect(steps.calls.map((call) => call.slice(0, 3).join(' '))).toEqual(
      expect.arrayContaining(['npm run podhost', 'kubectl apply -f', 'helm upgrade --install']),
    );
    expect(steps.calls).toContainEqual(['npm', 'run', 'podhost', '--', 'deploy', ...paths]);
    expect(steps.calls).toContainEqual(['kubectl', 'apply', '-f', output]);

    const dry = await capturedRun('deploy', ...paths, '--dry-run');
    expect(dry.status).toBe(0);
    // A stub does not bring what the next line needs.
    const script = runByShell(dry.stdout.replace('set -eu', 'set -u'), join(folder, 'script'), variables);
    expect(script.made).toEqual([]);
    const words = script.calls.flat();
    expect(words).toEqual(expect.arrayContaining(['ssh', 'kubectl', 'helm', 'docker', `--filename=${output}`]));
    for (const { path, value, word } of values) {
      expect(
        words.some((written) => written.endsWith(word(value))),
        path.join('.'),
      ).toBe(true);
    }
  });
});

describe('--host', () => {
  test.each(payloads.filter((payload) => !payload.includes('\0')))(
    'is refused as deploy.host is: %j',
    async (payload) => {
      write([]);
      const { status, stdout } = await capturedRun('deploy', '--config', file, '--dry-run', '--host', payload);
      expect(status).toBe(2);
      expect(stdout).toContain('[deploy/invalid-host]');
    },
  );

  test.each(['vm', 'ubuntu@192.0.2.7', '::1', 'Eva.B@host_a', '-v', 'a@-v', 'a b', 'ssh://a'])(
    'is held to what deploy.host is: %s',
    async (host) => {
      const output = join(folder, 'dist');
      write([]);
      await capturedRun('synth', '--config', file, '--output', output);
      const here = await capturedRun('deploy', '--config', file, '--output', output, '--dry-run', '--host', host);
      write([[['deploy'], { host }]]);
      const there = await capturedRun('check', '--config', file);
      expect(here.status).toBe(there.status);
    },
  );

  test('is behind "--" in the script, as in the call itself', async () => {
    const output = join(folder, 'dist');
    write([[['deploy'], { images: { folder: '/opt/shop' } }]]);
    await capturedRun('synth', '--config', file, '--output', output);
    const paths = ['--config', file, '--output', output];
    const { stdout } = await capturedRun('deploy', ...paths, '--dry-run', '--host', 'eva@vm');
    expect(stdout).toMatch(/^ssh -- eva@vm '/m);
    expect(stdout).not.toMatch(/^ssh (?!-- eva@vm )/m);
  });
});

describe('--render', () => {
  test.each(payloads.filter((payload) => !payload.includes('\0')))('is a chart and no option: %j', async (payload) => {
    const values = join(folder, "v'; touch X;.yaml");
    writeFileSync(values, 'opentelemetry-agent: {}\nglobal: { clusterName: c }\n');
    runByShell('', join(folder, 'run'));
    vi.stubEnv('PATH', `${join(folder, 'run', 'bin')}:/usr/bin:/bin`);
    const { stderr } = await capturedRun('lint', values, `--render=${payload}`);
    // The last line counts what was found.
    const line = stderr.slice(stderr.indexOf('helm template')).replace(/\n[^\n]*\n$/, '');
    const { calls, made } = runByShell(line, join(folder, 'run'));
    expect(made).toEqual([]);
    expect(calls).toHaveLength(2);
    expect(calls[0], 'what was run is what was shown').toEqual(calls[1]);
    expect(calls[0]?.slice(-3)).toEqual(['--', 'otel-coralogix-integration', payload]);
    expect(calls[0]).toContain(`--values=${values}`);
  });
});

test.each(['--config', '--output', '--host'])('a character that nothing can hold is refused in %s', async (option) => {
  write([]);
  const { status, stdout } = await capturedRun('deploy', '--dry-run', '--config', file, option, 'a\0b');
  expect(status).toBe(2);
  expect(stdout).toContain('[cli/invalid-argument]');
});

test('the stubs show what is not quoted', () => {
  const { calls, made } = runByShell("kubectl get $(touch X) 'a b'; ssh -- vm 'docker ps'", join(folder, 'run'));
  expect(made).toEqual(['X']);
  expect(calls).toEqual([
    ['kubectl', 'get', 'a b'],
    ['ssh', '--', 'vm', 'docker ps'],
    ['docker', 'ps'],
  ]);
});
