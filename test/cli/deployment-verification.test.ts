import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deployedStatus } from '../../lib/cli/deployment-verification.ts';
import { broken, type HopCheck, inTransition, proven, unchecked } from '../../lib/verify/check.ts';
import { hops } from '../../lib/verify/hop.ts';
import { headlineOf, rowOf } from '../../lib/verify/verdict.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { type Change, changeObjects, removeObjects, setIn } from '../verify/support/changes.ts';
import { type Behaviour, fakeKubernetes } from '../verify/support/fake-kubernetes.ts';
import { agentName, clusterOf, runningSystem } from '../verify/support/healthy-system.ts';
import { capturedRun } from './captured-run.ts';

const system = `name: shop
namespace: shop
environment: production
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
collector: { namespace: coralogix, delivery: manifests }
configMap: { name: shop-config, data: {} }
services:
  - { name: api, image: registry.example.com/api:1.0.0, port: 8080, replicas: 2 }
  - { name: web, image: registry.example.com/web:1.0.0, port: 8080, replicas: 2 }
`;

const lease = JSON.stringify({ metadata: { name: 'podhost-shop', resourceVersion: '1' } });

/** Answers what the Lease needs. */
const kubectl = `#!/bin/sh
case "$*" in
  "create --filename=-"*|"replace "*) echo '${lease}' ;;
  "get lease"*) ;;
  *) echo '{"items":[]}' ;;
esac
`;

withoutSleeps();

let folder: string;

/** Runs the last step of a deployment on a cluster in which the system runs, changed. */
async function verified(change?: Change, behaviour?: Behaviour) {
  const { result, ...cluster } = await startVerified(change, behaviour);
  return { ...(await result), ...cluster };
}

async function startVerified(change: Change = () => {}, behaviour: Behaviour = {}) {
  const running = runningSystem(filesIn(join(folder, 'dist')));
  change(running);
  const { kubeconfig, requests } = await fakeKubernetes(clusterOf(running), behaviour);
  return { result: deployed(kubeconfig), kubeconfig, requests };
}

function deployed(kubeconfig: string) {
  writeFileSync(join(folder, 'shop.yaml'), `${system}deploy: { kubeconfig: ${kubeconfig} }\n`);
  return capturedRun('deploy', ...flags(), '--only', 'verify');
}

const flags = () => ['--config', join(folder, 'shop.yaml'), '--output', join(folder, 'dist')];

beforeEach(async () => {
  folder = temporaryFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'kubectl'), kubectl);
  chmodSync(join(bin, 'kubectl'), 0o755);
  writeFileSync(join(folder, 'shop.yaml'), system);
  await capturedRun('synth', ...flags());
  vi.stubEnv('PATH', bin);
  vi.stubEnv('HOME', folder);
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('KUBECONFIG', undefined);
  vi.stubEnv('CORALOGIX_API_KEY', undefined);
  vi.stubEnv('CX_API_KEY', undefined);
});

afterEach(() => vi.unstubAllEnvs());

describe('the verification that ends a deployment', () => {
  test('proves the hops in the cluster of the deployment, and counts those in Coralogix as not checked', async () => {
    const { status, stdout, stderr, kubeconfig } = await verified();
    expect(stdout).toMatch(/^api +✓ +✓ +✓ +✓ +✓ +✓ +✓ +✓ +\? +\? +\? +\? +\?$/m);
    expect(stdout).toContain('10 statements not checked; exit status 0');
    expect(stderr).toContain(
      'Nothing is broken; 10 statements were not checked.\nCoralogix was not checked: there is no key',
    );
    expect(stderr).toContain('To check it too, set CORALOGIX_API_KEY to a key with the preset DataQuerying and run:\n');
    expect(stderr).toContain(`KUBECONFIG=${kubeconfig} `);
    expect(stderr).toContain(' --wait 10m');
    expect(status).toBe(0);
  });

  test('waits for pods that roll', async () => {
    const running = runningSystem(filesIn(join(folder, 'dist')));
    const complete = clusterOf(running);
    changeObjects('Deployment', 'api', ({ status }) => setIn(Object(status), ['updatedReplicas'], 1))(running);
    const rolling = clusterOf(running);
    let requests: readonly string[] = [];
    const runs = () => requests.filter((request) => request.endsWith('/version')).length;
    const changing = {
      ...complete,
      get objects() {
        return (runs() < 3 ? rolling : complete).objects;
      },
    };
    const cluster = await fakeKubernetes(changing);
    requests = cluster.requests;
    const { status, stdout, stderr } = await deployed(cluster.kubeconfig);
    expect(stderr).toMatch(/waiting, (300|299) s left: api: rollout is in transition: the rollout is under way/);
    expect(stdout).toMatch(/^api +✓ +✓ +✓ +✓ +✓ +✓ +✓ +✓ /m);
    expect(runs()).toBe(3);
    expect(status).toBe(0);
  });

  test('names the broken hop and fails', async () => {
    const { status, stdout, stderr } = await verified((running) => {
      removeObjects('DaemonSet', agentName)(running);
      removeObjects('Pod', agentName)(running);
    });
    expect(stdout).toMatch(/^BROKEN .*\n?.*applied/m);
    expect(stderr).toContain('The system was deployed, but a hop is broken.');
    expect(status).toBe(1);
  });

  test('reports that the API server cannot be read from here, and prints the command for elsewhere', async () => {
    const { status, stderr } = await verified(undefined, { page: true });
    expect(stderr).toContain(
      'The system was deployed, but the API server cannot be read from here: verify it from a machine that reaches it.',
    );
    expect(stderr).toContain(` verify ${join(folder, 'dist')} --config `);
    expect(status).toBe(3);
  });

  test('that is interrupted reports that the system was deployed, with the command that verifies it', async () => {
    const { result, requests } = await startVerified(undefined, { silent: '/' });
    await vi.waitFor(() => expect(requests).not.toEqual([]), { timeout: 60_000 });
    process.listeners('SIGINT').at(-1)?.('SIGINT');
    const { status, stdout, stderr } = await result;
    expect(stdout).toBe('');
    expect(stderr).toContain('Stopped in the verification: everything was deployed, and not every hop was verified.');
    expect(stderr).toContain(` verify ${join(folder, 'dist')} --config `);
    expect(status).toBe(130);
  });

  test('is left out with --skip verify', async () => {
    const { stdout, stderr } = await capturedRun(
      'deploy',
      ...flags(),
      '--only',
      'images',
      'verify',
      '--skip',
      'verify',
    );
    expect(stdout).toBe('');
    expect(stderr).not.toContain('verified');
  });

  test.each<[key: string, flag: string]>([
    ['', ' --no-coralogix'],
    ['cxup_key', ''],
  ])('is a command of the script of a dry run, with the key "%s" as"%s"', async (key, flag) => {
    vi.stubEnv('CORALOGIX_API_KEY', key);
    const { stdout } = await capturedRun('deploy', ...flags(), '--dry-run', '--only', 'verify');
    expect(stdout).toContain(
      ` verify ${join(folder, 'dist')} --config ${join(folder, 'shop.yaml')}${flag} --wait 10m\n`,
    );
  });
});

describe('the exit status of a deployment', () => {
  const spans = unchecked('spans/query', 'there is no key');

  test.each<[name: string, checks: readonly HopCheck[], wasClusterRead: boolean, status: number]>([
    ['everything proven is 0', [proven('rollout/complete', '3 of 3')], true, 0],
    ['nothing broken, and hops that cannot be checked, is 0', [proven('rollout/complete', '3 of 3'), spans], true, 0],
    ['a broken hop is 1', [broken('rollout/complete', 'it stands still'), spans], true, 1],
    ['a hop that stays in transition is 3', [inTransition('rollout/complete', '1 of 3'), spans], true, 3],
    ['a cluster that was not read is 3', [unchecked('rollout/cluster', 'it does not answer'), spans], false, 3],
    ['a broken file is 1 also where the cluster was not read', [broken('manifest/path', 'no agent')], false, 1],
  ])('with %s', (_, checks, wasClusterRead, status) => {
    const rows = [rowOf({ name: 'api', isSystem: false, workload: 'Deployment shop/api', checks }, hops)];
    expect(deployedStatus({ rows, headline: headlineOf(rows) }, wasClusterRead)).toBe(status);
  });
});
