import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { vi } from 'vitest';
import { type CapturedRun, capturedRun } from '../cli/captured-run.ts';
import { minimal } from '../config/minimal.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { asFileName, file, type Surfaces } from './surface.ts';

export const ofCommandLine: Surfaces = {
  'an unknown command': { status: 2, run: (name) => capturedRun(name) },
  'an unknown option': { status: 2, run: (name) => capturedRun('check', `--${name}`) },
  'an unknown option like another': {
    status: 2,
    isSilent: true,
    run: (name) => capturedRun('check', `--confi${name.slice(4, 6)}`),
  },
  'an unknown short option': { status: 2, run: (name) => capturedRun('check', `-${name}`) },
  'one argument too many': { status: 2, isSilent: true, run: (name) => capturedRun('check', name) },
  'an unknown format': { status: 2, run: (name) => capturedRun('lint', '--format', name) },
  'an unknown format behind =': { status: 2, run: (name) => capturedRun('forecast', `--format=${name}`) },
  'what no program is given': { status: 2, run: (name) => capturedRun('check', '--config', `${name}\0`) },
  'no number': { status: 2, run: (name) => capturedRun('lint', '--max-warnings', name) },
  'an unknown step': { status: 2, run: (name) => capturedRun('deploy', '--only', name) },
  'help of an unknown command': {
    status: 0,
    isSilent: true,
    run: (name) => capturedRun('check', '--help', asFileName(name)),
  },
};

export const ofSynth: Surfaces = {
  'the folder that is written': {
    status: 0,
    run: (name) =>
      capturedRun(
        'synth',
        '--config',
        file('shop.yaml', minimal),
        '--output',
        join(temporaryFolder(), asFileName(name)),
      ),
  },
  'the folder that is written, as JSON': {
    status: 0,
    run: (name) => {
      const config = file('shop.yaml', minimal);
      const output = join(temporaryFolder(), asFileName(name));
      return capturedRun('synth', '--config', config, '--output', output, '--format', 'json');
    },
  },
};

interface ToolsProps {
  readonly args: readonly [string, ...string[]];
  /** Where logs are written. */
  readonly stateHome?: string;
}

/** Runs a command where every program that it runs fails with a text; the log counts as printed. */
export async function withTools(
  text: string,
  { args: [command, ...more], stateHome }: ToolsProps,
): Promise<CapturedRun> {
  const folder = temporaryFolder();
  const state = stateHome ?? folder;
  const config = file('shop.yaml', minimal);
  const dist = join(folder, 'dist');
  await capturedRun('synth', '--config', config, '--output', dist);
  writeFileSync(join(folder, 'answer'), text);
  mkdirSync(join(folder, 'bin'));
  for (const tool of ['kubectl', 'helm', 'ssh', 'docker']) {
    writeFileSync(join(folder, 'bin', tool), `#!/bin/sh\ncat '${folder}/answer' >&2\nexit 1\n`, { mode: 0o755 });
  }
  vi.stubEnv('PATH', [join(folder, 'bin'), process.env['PATH']].join(delimiter));
  vi.stubEnv('XDG_STATE_HOME', state);
  const output = command === 'deploy' ? ['--output', dist] : [];
  const run = await capturedRun(command, '--config', config, ...output, ...more);
  const log = join(state, 'podhost', 'shop', 'deploy.log');
  return { ...run, stderr: run.stderr + (existsSync(log) ? readFileSync(log, 'utf8') : '') };
}

export const ofDeploy: Surfaces = {
  'what the tools print': { status: 1, run: (name) => withTools(name, { args: ['deploy', '--yes'] }) },
  'what the tools print at a dry run': { status: 0, run: (name) => withTools(name, { args: ['deploy', '--dry-run'] }) },
  'what the tools print in undeploy': { status: 3, run: (name) => withTools(name, { args: ['undeploy', '--yes'] }) },
  'the host': { status: 2, run: (name) => withTools(name, { args: ['deploy', '--host', asFileName(name)] }) },
  'a configuration that is not there': { status: 2, run: (name) => capturedRun('undeploy', '--config', name) },
  'a folder that is not there': {
    status: 2,
    run: (name) => capturedRun('deploy', '--config', file('shop.yaml', minimal), '--output', name),
  },
};
