import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { expect, test, vi } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { healthySystem } from './support/healthy-system.ts';
import { runVerify, startVerify } from './support/run-verify.ts';

withoutSleeps();

const offline = ['--no-cluster', '--no-coralogix'];

test.each<[name: string, args: readonly string[], message: string]>([
  ['an unknown service', ['dist', '--service', 'api-gatway', ...offline], 'write: --service api-gateway'],
  ['an unknown hop', ['dist', '--only', 'enrichd', ...offline], 'write: --only enriched'],
  ['files without a service', ['dist/00-namespace.yaml', ...offline], 'has an SDK that sends spans'],
  [
    'a host that is not encrypted',
    ['dist', '--no-cluster', '--api-host', 'http://api.example.org'],
    'is no host that a key may be sent to',
  ],
])('%s is a wrong input', async (_, args, message) => {
  const { status, stdout } = await capturedRun('verify', ...args);
  expect([status, stdout]).toEqual([2, expect.stringContaining(message)]);
});

test('a time without a unit is a wrong usage', async () => {
  const { status, stderr } = await capturedRun('verify', 'dist', '--wait', '10', ...offline);
  expect([status, stderr]).toEqual([2, expect.stringContaining('a number with a unit')]);
});

test('a context that the kubeconfig does not have is a wrong input', async () => {
  const { run } = await startVerify(healthySystem(), { args: ['--context', 'tset'] });
  const { status, stdout } = await run();
  expect([status, stdout]).toEqual([2, expect.stringContaining('write: --context test')]);
});

test('without a key Coralogix is not checked, and the exit status says so', async () => {
  const { printed, status } = await runVerify(healthySystem(), { key: '' });
  expect([status, printed.headline.hop]).toEqual([3, 'spans']);
  expect(printed.headline.message).toContain('neither CORALOGIX_API_KEY nor CX_API_KEY is set');
});

test('the key of the vendor tools is taken where there is no other', async () => {
  vi.stubEnv('CX_API_KEY', 'cxup_key-of-the-test');
  const { status } = await runVerify(healthySystem(), { key: '' });
  vi.unstubAllEnvs();
  expect(status).toBe(0);
});

test('--only and --service leave out what was not asked, which counts as nothing', async () => {
  const { printed, status, coralogix } = await runVerify(healthySystem(), {
    args: ['--only', 'manifest,rollout', '--service', 'api-gateway'],
  });
  expect(printed.rows.map(({ name, hops }) => [name, hops.map(({ id }) => id)])).toEqual([
    ['api-gateway', ['manifest', 'rollout']],
    ['system', ['manifest']],
  ]);
  expect([status, coralogix.queries]).toEqual([0, []]);
});

test('--html writes the page beside the text', async () => {
  const file = join(temporaryFolder(), 'report.html');
  const { run } = await startVerify(healthySystem());
  const { stdout } = await run('--html', file);
  expect(stdout).toContain('2 of 2 services proven');
  expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*2 of 2 services are proven/);
});

test('--format junit has a suite a service, with what is broken as a failure', async () => {
  const system = healthySystem();
  system.spans = [];
  const { run } = await startVerify(system);
  const { stdout, status } = await run('--format', 'junit');
  const document = new DOMParser().parseFromString(stdout, 'text/xml');
  const suites = Array.from(document.getElementsByTagName('testsuite'));
  expect(suites.map((suite) => [suite.getAttribute('name'), suite.getAttribute('failures')])).toEqual([
    ['api-gateway', '1'],
    ['query-service', '1'],
    ['system', '0'],
  ]);
  expect(status).toBe(1);
});

test('--print-role prints the permissions, and asks nobody', async () => {
  const { stdout, status } = await capturedRun('verify', 'dist', '--print-role');
  expect(status).toBe(0);
  expect(stdout).toContain('kind: ClusterRole\n');
  expect(stdout).toMatch(/kind: Role\nmetadata:\n {2}name: podhost-verify\n {2}namespace: dataprime-demo/);
  expect(stdout).not.toMatch(/create|update|patch|delete|watch/);
});

test('--wait verifies again until what was missing arrives', async () => {
  const system = healthySystem();
  const spans = system.spans.splice(0);
  const { run, coralogix } = await startVerify(system, { args: ['--only', 'spans', '--wait', '1m'] });
  let asked = 0;
  const original = coralogix.queries.push.bind(coralogix.queries);
  coralogix.queries.push = (...queries) => {
    asked += 1;
    if (asked === 4) {
      system.spans.push(...spans);
    }
    return original(...queries);
  };
  const { status, stderr } = await run();
  expect(status).toBe(0);
  expect(stderr).toContain('s left: api-gateway and query-service break at hop 9 (spans)');
});
