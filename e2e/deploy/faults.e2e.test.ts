import { rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { deployerRole, rule } from './administration.ts';
import { type Change, changes, withChangedSecret, withLeftOver } from './changes.ts';
import type { Ended } from './deployment.ts';
import { startWatchedBed, success, type WatchedBed } from './watched-bed.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
let watched: WatchedBed;

beforeAll(async () => {
  watched = await startWatchedBed(folder);
});

afterAll(async () => {
  await watched?.bed.stop();
  remove();
});

const refused = 'The connection to the server 10.44.0.1:6443 was refused - did you specify the right host or port?';
const noRight = (verb: string, kind: string) =>
  `Error from server (Forbidden): ${kind} is forbidden: User "ci" cannot ${verb} resource "${kind}" in API group "" in the namespace "dataprime-demo"`;
const leaderChanged = 'Error from server: etcdserver: leader changed';

/** A run says where it failed, why, and what to do next, and leaves nothing at work. */
async function expectTold(
  { status, output }: Ended,
  { step, says, next }: { step: string; says: string; next: string },
) {
  expect.soft(output).toContain(`Stopped in step ${step}`);
  expect.soft(output.replaceAll(/\s+/g, ' ')).toContain(says);
  expect.soft(output.replaceAll(/\s+/g, ' ')).toContain(next);
  expect.soft(output).not.toContain('defect');
  expect.soft(output).not.toMatch(success);
  expect.soft(status).toBe(3);
  expect.soft(await watched.leaseHolder()).toBeUndefined();
  await watched.expectNothingRuns();
}

interface Fault extends Change {
  readonly says: string;
  /** What the run advises. */
  readonly next: string;
  /**
   * What the next run prints of what it has done.
   *
   * @default Deployed.
   */
  readonly brings?: string;
}

const change = (step: string, call: string): Change => {
  const found = changes.find((it) => it.step === step && it.call === call);
  if (found === undefined) throw new Error(`there is no change at ${call} in ${step}`);
  return found;
};

/** Printed by a run after which everything is as before, and that did nothing. */
const upToDate = 'Nothing was deployed: everything is up to date.';

const faults: readonly Fault[] = [
  {
    step: 'secrets',
    call: 'kubectl get namespace *',
    brings: upToDate,
    says: leaderChanged,
    next: 'kubectl get --raw=/readyz',
  },
  {
    ...change('secrets', 'kubectl apply * --filename=-'),
    says: 'Error from server: etcdserver: mvcc: database space exceeded',
    next: 'free space on the full disk',
  },
  {
    ...change('secrets', 'kubectl patch secret*'),
    brings: upToDate,
    says: noRight('patch', 'secrets'),
    next: 'kubectl auth can-i patch secrets --namespace=dataprime-demo',
  },
  {
    ...change('collector', 'helm upgrade*'),
    brings: upToDate,
    says: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    next: 'the next run rolls the release back',
  },
  {
    step: 'collector',
    call: 'helm get values*',
    brings: upToDate,
    says: `Error: ${refused}`,
    next: 'check whether the API server runs',
  },
  { step: 'apply', call: 'kubectl get configmaps,*', says: refused, next: 'check whether the API server runs' },
  {
    ...change('apply', 'kubectl apply --server-side * --filename=/*'),
    says: 'Error from server: admission webhook "rules.example.com" denied the request: no label owner',
    next: 'ask the owner of rules.example.com',
  },
  {
    ...change('apply', 'kubectl delete --filename=-*'),
    brings: 'Remove configmap/left-over from dataprime-demo: done',
    says: noRight('delete', 'configmaps'),
    next: 'kubectl auth can-i delete configmaps --namespace=dataprime-demo',
  },
  { ...change('apply', 'kubectl get --filename=-*'), says: leaderChanged, next: 'kubectl get --raw=/readyz' },
  {
    step: 'apply',
    call: 'kubectl get deployments,*--selector=*',
    says: 'Unable to connect to the server: net/http: TLS handshake timeout',
    next: 'kubectl get --raw=/readyz',
  },
  {
    step: 'restart',
    call: 'kubectl get pods*',
    brings: 'Restart deployment/query-service in dataprime-demo',
    prepare: withChangedSecret,
    says: refused,
    next: 'check whether the API server runs',
  },
  {
    ...change('restart', 'kubectl rollout restart*'),
    brings: 'Restart deployment/',
    says: noRight('patch', 'deployments'),
    next: 'kubectl auth can-i patch deployments',
  },
  {
    ...change('restart', 'kubectl rollout status*'),
    brings: 'Nothing was deployed: there is nothing to do in restart.',
    says: 'error: timed out waiting for the condition',
    next: 'continues at restart',
  },
];

describe('a failure', () => {
  test.each(faults)('of $call in $step is told, and the next run completes', async ({ step, call, ...fault }) => {
    await fault.prepare?.(watched);
    watched.calls.fail({ call, status: 1, says: fault.says });
    const end = await watched.start(['deploy', '--only', step], fault.environment).ended;
    expect(watched.calls.hasFailed(), 'the call was made').toBe(true);
    await expectTold(end, { step, says: fault.says, next: fault.next });
    await fault.allow?.(watched);
    const { output } = await watched.complete(step);
    expect(output).toContain(fault.brings ?? 'Deployed.');
  });

  test.each([
    { step: 'collector', call: 'helm list*', says: `Error: ${refused}`, tells: 'up to date' },
    {
      step: 'apply',
      call: 'kubectl get configmaps,*',
      says: noRight('list', 'services'),
      tells:
        'Note: objects of an older version were not pruned, because this user has no permission to list them: services is forbidden',
    },
  ])('of $call in $step is got over: $tells', async ({ step, call, says, tells }) => {
    watched.calls.fail({ call, status: 1, says });
    const { output } = await watched.complete(step);
    expect(watched.calls.hasFailed(), 'the call was made').toBe(true);
    expect(output).toContain(tells);
  });

  test('to look at the cluster in the preflight is a finding, with what mends it', async () => {
    watched.calls.fail({ call: 'kubectl api-resources*', status: 1, says: refused });
    const { status, output } = await watched.start(['deploy']).ended;
    expect(output).toContain('the API server at 10.44.0.1:6443 refuses connections');
    expect(output).toContain('Completed: nothing. Not started: k3s,');
    expect(status).toBe(1);
    await watched.complete('preflight');
  });

  test('to look up a Secret never makes keys of it empty that the environment has not', async () => {
    watched.calls.fail({ call: 'kubectl get secret dataprime-secrets*', status: 1, says: leaderChanged });
    const end = await watched.start(['deploy', '--only', 'secrets'], { OPENAI_API_KEY: '' }).ended;
    await expectTold(end, { step: 'secrets', says: leaderChanged, next: 'kubectl get --raw=/readyz' });
    await watched.complete('secrets');
  });

  test('to give back the Lease is told, and the next run need not wait for it', async () => {
    const { ended, held } = await watched.startUntil('kubectl api-resources*', ['deploy', '--only', 'apply']);
    watched.calls.fail({ call: 'kubectl replace*', status: 1, says: refused });
    held.release();
    expect((await ended).output).toContain('The Lease could not be released and will expire');
    await watched.complete('apply');
  });
});

test('a right that is taken away after the preflight is named, and what it was not needed for is done', async () => {
  await watched.kubectl('create', 'serviceaccount', 'deployer', '--namespace=default');
  await watched.create(deployerRole());
  await watched.kubectl(
    'create',
    'clusterrolebinding',
    'deployer',
    '--clusterrole=deployer',
    '--serviceaccount=default:deployer',
  );
  // The server learns of a role and its binding a moment after they are written.
  const mayPatchServices = async () => {
    const ask = ['auth', 'can-i', 'patch', 'services', '--namespace=dataprime-demo'];
    return (await watched.bed.cluster.kubectl([...ask, '--as=system:serviceaccount:default:deployer'])).exitCode === 0;
  };
  await waitFor('the right', async () => (await mayPatchServices()) || undefined);
  const KUBECONFIG = await watched.bed.cluster.kubeconfigOf({ namespace: 'default', name: 'deployer' });
  await watched.kubectl('delete', 'configmap', 'dataprime-config', '--namespace=dataprime-demo');
  const args = ['deploy', '--only', 'preflight', 'secrets', 'apply', 'verify'];
  const { ended, held } = await watched.startUntil('kubectl get namespace *--output=name', args, {
    environment: { KUBECONFIG },
  });
  await watched.create(deployerRole('services'));
  await waitFor('the end of the right', async () => !(await mayPatchServices()) || undefined);
  held.release();
  await expectTold(await ended, {
    step: 'apply',
    says: 'cannot patch resource "services" in API group "" in the namespace "dataprime-demo"',
    next: 'kubectl auth can-i patch services --namespace=dataprime-demo',
  });
  await watched.kubectl('get', 'configmap', 'dataprime-config', '--namespace=dataprime-demo');
  await watched.create(deployerRole());
  await watched.complete('apply');
});

test('a rule of the cluster that refuses an object is named', async () => {
  await watched.kubectl('delete', 'service', 'frontend', '--namespace=dataprime-demo');
  await watched.create(...rule);
  const isRefused = async () => {
    const create = ['create', 'service', 'clusterip', 'frontend', '--tcp=80', '--namespace=dataprime-demo'];
    return (await watched.bed.cluster.kubectl([...create, '--dry-run=server'])).exitCode !== 0 || undefined;
  };
  await waitFor('the rule', isRefused);
  await expectTold(await watched.start(['deploy', '--only', 'apply']).ended, {
    step: 'apply',
    says: 'frontends are not wanted here',
    next: 'or ask the owner of no-frontend',
  });
  await watched.kubectl('delete', 'validatingadmissionpolicies,validatingadmissionpolicybindings', '--all');
  await waitFor('the end of the rule', async () => ((await isRefused()) ? undefined : true));
  await watched.complete('apply');
});

/** Starts a program for which a folder is on a disk without space. */
const onFullDisk = (place: string): readonly string[] => [
  ...['unshare', '--mount', 'sh', '-c'],
  'mount -t tmpfs -o size=4k full "$0" && head -c 4096 /dev/zero > "$0/full" && exec "$@"',
  place,
];

test('a full disk of this machine is told, and what was begun is brought to its end', async () => {
  const log = join(watched.bed.stateFolder, 'podhost', 'dataprime-demo', 'deploy.log');
  await withLeftOver(watched);
  const { ended, held } = await watched.startUntil('kubectl get configmaps,*', ['deploy', '--only', 'apply']);
  rmSync(log);
  symlinkSync('/dev/full', log);
  held.release();
  const { status, output } = await ended;
  expect(output).toContain('The log is incomplete from here on: ENOSPC: no space left on device');
  expect(output).toContain('Deployed.');
  expect(status).toBe(0);
  rmSync(log);
  const none = await watched.start(['deploy', '--only', 'secrets'], {}, onFullDisk(dirname(log))).ended;
  expect(none.output).toContain('deploy.log cannot be written: the file system is full (write: ENOSPC)');
  expect(none.output).not.toMatch(success);
  expect(none.status).toBe(3);
  await watched.complete('apply');
});
