import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the fields of Kubernetes are what the typings of cdk8s-plus give', () => {
  const committed = readFileSync('imports/api/fields.ts', 'utf8');
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/generate-kubernetes-fields.ts'], { stdio: 'ignore' });
  expect(readFileSync('imports/api/fields.ts', 'utf8')).toBe(committed);
});
