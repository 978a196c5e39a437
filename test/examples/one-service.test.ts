import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { kindsOf, parseManifests } from '../support/synthesized.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';

test('the example app synthesizes with cdk8s alone', () => {
  const outdir = temporaryFolder();
  const env = { ...process.env, CDK8S_OUTDIR: outdir };
  execFileSync(process.execPath, ['--import', 'tsx', 'examples/one-service/main.ts'], { env });
  const files = filesIn(outdir);
  expect(Object.keys(files)).toEqual(['shop.k8s.yaml']);
  expect(kindsOf(parseManifests(files['shop.k8s.yaml'] ?? ''))).toEqual([
    'Service',
    'ConfigMap',
    'ServiceAccount',
    'Deployment',
    'Service',
    'PodDisruptionBudget',
  ]);
});
