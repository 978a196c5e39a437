import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { k3sCheck, k3sStep } from '../../../../lib/deploy/steps/k3s/step.ts';
import { k3sAsRoot, k3sOnPath } from '../../../../lib/provision/k3s.ts';
import { fetchKubeconfig, writeKubeconfig } from '../../../../lib/provision/kubeconfig.ts';
import { shellLine } from '../../../../lib/run/command/shell-line.ts';
import { type Answer, failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { codes, withDeploy } from '../../preflight/answers.ts';

describe('the step k3s', () => {
  const version = 'v1.34.4+k3s1';
  const look = `sh -c '${k3sOnPath}; command -v k3s`;
  const check = "sh -c 'sum=";
  const installed = { [look]: `k3s version ${version} (0123abcd)\n` };
  const ready = { items: [{ metadata: { name: 'vm' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }] };
  const nodes = { [shellLine(k3sAsRoot(['kubectl', 'get', 'nodes', '--output=json']))]: JSON.stringify(ready) };

  const actions = (answers: Record<string, Answer>, k3s: object = {}) => {
    const runner = new RecordingRunner(answers);
    return k3sStep.actions(testContext({ runner, deploy: { k3s: { version, ...k3s } } }));
  };

  describe('k3s', () => {
    test('the step k3s does nothing when it is not configured', async () => {
      const runner = new RecordingRunner();
      expect(await k3sStep.actions(testContext({ runner }))).toEqual([]);
      expect(runner.lines).toEqual([]);
    });

    test('is left alone when it exists and answers', async () => {
      const [install, node] = await actions({ ...installed, ...nodes });
      expect(await install?.upToDate?.()).toBe('it answers');
      expect(await node?.upToDate?.()).toBe('vm is');
    });

    test('is installed anew when it exists and does not answer, and not taken away when that fails', async () => {
      const [install] = await actions({
        ...installed,
        [shellLine(k3sAsRoot(['kubectl', 'get', '--raw=/readyz']))]: failed('refused'),
      });
      expect(await install?.upToDate?.()).toBeUndefined();
      expect(install?.rollback).toBeUndefined();
    });

    test('is fetched, shown and run as root when it is not there, and taken away when that fails', async () => {
      const [install] = await actions({ [look]: '' });
      expect(await install?.upToDate?.()).toBeUndefined();
      const lines = install?.commands.map((command) => shellLine(command)) ?? [];
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/curl --fail .* podhost https:\/\/get\.k3s\.io$/);
      expect(lines[2]).toMatch(/sudo -n INSTALL_K3S_VERSION="\$1" .* podhost v1\.34\.4\+k3s1$/);
      expect(install?.progress?.('sha256 abc')).toBe('its installer has the SHA-256 checksum abc');
      expect(shellLine(install?.rollback?.[0] ?? { program: '', args: [] })).toContain('k3s-uninstall.sh');
    });

    test('of another release is not touched', async () => {
      const other = actions({ [look]: 'k3s version v1.33.1+k3s1 (x)' });
      await expect(other).rejects.toMatchObject({
        problems: [{ code: 'deploy/other-k3s', suggestion: expect.stringContaining('version: v1.33.1+k3s1') }],
      });
    });

    test('is not installed by a script with another checksum', async () => {
      const [install] = await actions({ [look]: '' }, { installerSha256: 'a'.repeat(64) });
      const [, command] = install?.commands ?? [];
      expect(command && shellLine(command).startsWith(check)).toBe(true);
      const problem = command && (await install?.explain?.(command, { ...failure, stdout: 'sha256 bbb\n' }));
      expect(problem).toMatchObject({ code: 'deploy/other-installer', suggestion: expect.stringContaining('bbb') });
    });

    test('is not taken for installed when it is not there afterwards', async () => {
      const [install] = await actions({ [look]: '' });
      await expect(install?.verify?.()).rejects.toMatchObject({ code: 'deploy/k3s-not-installed' });
    });
  });

  function made(file: string): string {
    writeFileSync(file, '');
    return file;
  }

  const failure = { exitStatus: 65, stdout: '', stderr: '', milliseconds: 1 };

  const k3sYaml = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://127.0.0.1:6443
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    client-key-data: S0VZ
`;

  /** Runs it with a host that sends this. */
  function fetched(text: string, file: string, address: string): void {
    const fetch = fetchKubeconfig({ name: 'a/b&c', address });
    const sent = { program: 'printf', args: ['%s', text] };
    execFileSync('sh', ['-c', shellLine(writeKubeconfig({ ...fetch, input: { from: sent } }, file))], {
      stdio: 'pipe',
    });
  }

  describe('the kubeconfig', () => {
    test('is that of the host, for its address, and for its owner alone', () => {
      const file = join(temporaryFolder(), 'new', 'kubeconfig');
      fetched(`${k3sYaml}# end\n`, file, '2001:db8::1');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain('    tls-server-name: 127.0.0.1\n    server: https://[2001:db8::1]:6443\n  name: a/b&c\n');
      expect(text).toContain('current-context: a/b&c\n');
      expect(text).not.toMatch(/default$/m);
    });

    test('stays as it was when not all of the new one comes', () => {
      const file = join(temporaryFolder(), 'kubeconfig');
      writeFileSync(file, 'old');
      expect(() => fetched(k3sYaml.slice(0, 200), file, '192.0.2.7')).toThrow('the kubeconfig is incomplete');
      expect(readFileSync(file, 'utf8')).toBe('old');
    });

    test('is not written through a link that lies beside it, and leaves nothing temporary', () => {
      const folder = temporaryFolder();
      const stranger = join(temporaryFolder(), 'stranger');
      writeFileSync(stranger, 'mine');
      symlinkSync(stranger, join(folder, 'kubeconfig.new'));
      fetched(`${k3sYaml}# end\n`, join(folder, 'kubeconfig'), '192.0.2.7');
      expect(() => fetched(k3sYaml, join(folder, 'kubeconfig'), '192.0.2.7')).toThrow('the kubeconfig is incomplete');
      expect(readFileSync(stranger, 'utf8')).toBe('mine');
      expect(readdirSync(folder).sort()).toEqual(['kubeconfig', 'kubeconfig.new']);
    });

    test.each<[string, (file: string) => void]>([
      ['a symbolic link', (file) => symlinkSync('elsewhere', file)],
      ['one of several hard links', (file) => linkSync(made(file), `${file}.twin`)],
      ['not a file', (file) => mkdirSync(file)],
    ])('does not replace %s', async (what, arrange) => {
      const file = join(temporaryFolder(), 'config');
      arrange(file);
      const runner = new RecordingRunner(installed);
      const step = k3sStep.actions(testContext({ runner, deploy: { k3s: { version }, kubeconfig: file } }));
      await expect(step).rejects.toMatchObject({
        code: 'deploy/linked-kubeconfig',
        message: expect.stringContaining(what),
      });
    });

    test('never replaces one with other clusters', async () => {
      const file = join(temporaryFolder(), 'config');
      writeFileSync(file, 'contexts: [{ name: work }, { name: shop }]');
      const runner = new RecordingRunner(installed);
      const step = k3sStep.actions(testContext({ runner, deploy: { k3s: { version }, kubeconfig: file } }));
      await expect(step).rejects.toMatchObject({
        code: 'deploy/foreign-kubeconfig',
        message: expect.stringContaining('work'),
      });
    });
  });
});

describe('the check of k3s', () => {
  const change = withDeploy({ k3s: { version: 'v1.34.4+k3s1', installer: 'https://get.k3s.io' } });

  test('a host without k3s is no problem', async () => {
    expect(await codes(k3sCheck, { change })).toEqual([]);
  });

  test('a host with another release is', async () => {
    const answers = { [`sh -c ${k3sOnPath}; command -v k3s`]: 'k3s version v1.29.0+k3s1 (abc)\n' };
    expect(await codes(k3sCheck, { change, answers })).toEqual(['deploy/other-k3s']);
  });
});
