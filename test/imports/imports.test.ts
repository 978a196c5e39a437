import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const generated = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );

test('the typed definitions are what their CRDs give', () => {
  const output = mkdtempSync(join(tmpdir(), 'imports-'));
  onTestFinished(() => rmSync(output, { recursive: true }));
  const options = ['--check-upgrade=false', '--language', 'typescript', '--output', output];
  execFileSync(process.execPath, ['node_modules/cdk8s-cli/bin/cdk8s', 'import', ...options], { stdio: 'ignore' });
  expect(generated(output)).toEqual(generated('imports'));
});
