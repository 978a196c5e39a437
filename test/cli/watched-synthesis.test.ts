import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Runs the command in a process of its own; each round is what it prints until it waits. */
function watching(config: string, output: string): { round(): Promise<string> } {
  const child = spawn(
    process.execPath,
    ['bin/podhost.cjs', 'synth', '--watch', '--config', config, '--output', output],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => {
    child.kill();
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    child.emit('printed');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    child.emit('printed');
  });
  const end = 'waiting for the next save\n';
  return {
    async round() {
      while (!printed.includes(end)) {
        await once(child, 'printed');
      }
      const at = printed.indexOf(end) + end.length;
      const round = printed.slice(0, at);
      printed = printed.slice(at);
      return round;
    },
  };
}

test('each save is synthesized, with the objects that changed, and a bad one leaves the output as it is', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'system.yaml');
  const text = readFileSync('config/dataprime-demo.yaml', 'utf8');
  writeFileSync(config, text);
  const { round } = watching(config, join(folder, 'dist'));
  expect(await round()).toContain('16 written, 0 removed, 0 unchanged\n');

  writeFileSync(config, text.replace('dataprime-api-gateway:latest', 'dataprime-api-gateway:2'));
  const changed = await round();
  expect(changed).toContain('1 written, 0 removed, 15 unchanged\nDeployment dataprime-demo/api-gateway changed\n');
  expect(changed).not.toContain('Next, with checks');

  writeFileSync(config, text.replace('replicas: 1', 'replicas: none'));
  expect(await round()).toContain('1 problem\n');
  expect(readFileSync(join(folder, 'dist/30-api-gateway.yaml'), 'utf8')).toContain('dataprime-api-gateway:2');

  // As an editor does it.
  writeFileSync(join(folder, 'system.yaml~'), text);
  renameSync(join(folder, 'system.yaml~'), config);
  expect(await round()).toContain('Deployment dataprime-demo/api-gateway changed\n');
});
