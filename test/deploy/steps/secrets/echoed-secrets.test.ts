import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { changeSecret, createSecret } from '../../../../lib/deploy/steps/secrets/secret.ts';
import { CommandLogFile } from '../../../../lib/run/command/command-log.ts';
import { SecretMask } from '../../../../lib/run/command/secret-mask.ts';
import { SpawnedCommands } from '../../../../lib/run/command/spawned-commands.ts';
import { variableName } from '../../../../lib/text/variable-name.ts';
import { capturedRun } from '../../../cli/captured-run.ts';
import { minimal } from '../../../config/minimal.ts';
import { echoingPrograms } from '../../../run/support/echoing-programs.ts';
import { testContext } from '../../../run/support/test-context.ts';
import { guises } from '../../../secrets/support/guises.ts';
import { leaksIn } from '../../../secrets/support/leaks.ts';
import { filesIn, temporaryFolder } from '../../../support/temporary-folder.ts';

/** What fits into a line of an environment file. */
const secrets = [...new Set(guises.map(({ secret }) => secret))].filter((secret) => !/\s/.test(secret));
const names = secrets.map((_, index) => `SECRET_${index}`);
const values = Object.fromEntries(secrets.map((secret, index) => [`SECRET_${index}`, secret]));

test.each([
  ['creates', createSecret],
  ['changes', changeSecret],
])('what %s a Secret shows none of it, whatever kubectl answers', async (_, command) => {
  const programs = echoingPrograms('kubectl');
  const environment = { PATH: programs.path, ...values };
  const mask = new SecretMask({ names, environment });
  const log = new CommandLogFile(join(temporaryFolder(), 'deploy.log'), 'test', {
    hide: (text) => mask.hide(text),
    report: () => {},
  });
  const runner = new SpawnedCommands({ signal: new AbortController().signal, environment, mask, log });
  const context = testContext({ runner, environment });
  const lines: string[] = [];
  const wanted = { name: 'shop-secrets', namespace: 'shop', keys: names.map(variableName) };
  const { exitStatus, stdout, stderr } = await runner.run(command(context, wanted, wanted.keys), {
    onLine: (line) => lines.push(line),
  });
  expect(exitStatus).toBe(1);
  expect(`${stdout}\n${stderr}`).toContain('***SECRET_0***');
  const shown = [stdout, stderr, ...lines, readFileSync(log.path, 'utf8'), programs.seen()].join('\n');
  expect(leaksIn(shown, secrets)).toEqual([]);
});

test('a deployment that fails shows no secret, keeps none in its log and gives none to a program', async () => {
  const programs = echoingPrograms('kubectl', 'helm', 'docker', 'ssh');
  const folder = temporaryFolder();
  const state = temporaryFolder();
  const [password = '', key = ''] = secrets;
  withEnvironment({
    PATH: programs.path,
    XDG_STATE_HOME: state,
    DB_PASSWORD: password,
    API_KEY: key,
    PRIVATE_KEY: key,
  });
  const config = join(folder, 'shop.yaml');
  const dist = join(folder, 'dist');
  writeFileSync(config, minimal);
  const runs = [
    await capturedRun('synth', '--config', config, '--output', dist),
    await capturedRun('deploy', '--config', config, '--output', dist, '--dry-run'),
    await capturedRun('deploy', '--config', config, '--output', dist, '--yes'),
    await capturedRun('undeploy', '--config', config, '--yes'),
  ];
  expect(runs.map(({ status }) => status > 0)).toEqual([false, false, true, true]);
  expect(programs.seen()).toContain('kubectl');
  const shown = [
    ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...Object.values(filesIn(state)),
    ...Object.values(filesIn(dist)),
    programs.seen(),
  ];
  expect(leaksIn(shown.join('\n'), [password, key])).toEqual([]);
});

/** Sets variables for the rest of a test. */
function withEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    vi.stubEnv(name, value);
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}
