import { appendFileSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { messageLines } from '../../lib/problems/lines.ts';
import { waitFor } from '../cluster/wait.ts';
import { run } from '../parts/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { InjectedFailure } from './calls/calls.ts';
import { type HostBed, type HostRun, startHostBed } from './host/host-bed.ts';

const { path: folder, remove } = temporaryFolder();
let bed: HostBed;

beforeAll(async () => {
  bed = await startHostBed(folder);
});

beforeEach(() => bed.reset());

afterAll(async () => {
  await bed?.stop();
  remove();
});

const node = ['frontend', 'query-service', 'queue-service'].map((name) => `docker.io/library/dataprime-${name}:latest`);

/** The host when everything is as it should be. */
const complete = { k3s: 'v1.34.4+k3s1', running: [], stopped: ['old-db-1', 'old-web-1'], node };

const problemsOf = ({ outcome }: HostRun) => ('error' in outcome ? outcome.error.problems : []);

const said = (it: HostRun): string =>
  problemsOf(it)
    .map((problem) => [`${problem.code}: ${messageLines(problem).join('\n')}`, problem.suggestion].join('\n'))
    .join('\n');

/** Calls that change the host. */
const changes = () =>
  bed.standIns.calls
    .all()
    .filter((call) => /^(k3s-installer|k3s-uninstall|docker (build|save|push|compose)|k3s ctr .* import)/.test(call));

/** Masters of ssh connections that run still, in the network of this test. */
async function masters(): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'netns,args']);
  const network = /\d+/.exec(readlinkSync('/proc/self/ns/net'))?.[0];
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+(.*)/))
    .filter(([of, args = '']) => of === network && /^ssh: \S*\/podhost-\S+ \[mux\]/.test(args))
    .map(([, args = '']) => args);
}

/** A master that was told to end answers before it does. */
const expectNoMasters = () => expect.poll(masters, { timeout: 10_000 }).toEqual([]);

describe('a bare machine', () => {
  test('gets k3s, loses the old stack, and has every image, over one connection', async () => {
    const before = bed.server.connections();
    const done = await bed.run();
    expect(said(done)).toBe('');
    expect(done.outcome.done).toEqual(['k3s', 'compose', 'images']);
    expect(bed.standIns.summary()).toEqual(complete);
    expect(done.questions).toEqual([expect.stringContaining('old-web-1 uses 80 (Traefik, http)')]);
    expect(bed.server.connections() - before).toBe(1);
    await expectNoMasters();
  });

  test('gives its credentials to this user alone, for the address of the host', async () => {
    await bed.run();
    expect(statSync(bed.kubeconfig).mode & 0o777).toBe(0o600);
    const text = readFileSync(bed.kubeconfig, 'utf8');
    expect(text).toContain('    tls-server-name: 127.0.0.1\n    server: https://127.0.0.2:6443\n');
    expect(text).toContain('current-context: dataprime-demo\n');
    expect(text).not.toContain('default');
  });

  test('builds what two services share once', async () => {
    await bed.run();
    const builds = changes().filter((call) => call.startsWith('docker build'));
    expect(builds).toHaveLength(2);
    expect(builds[0]).toContain('--tag=dataprime-query-service:latest --tag=dataprime-queue-service:latest');
  });
});

test('this machine can be the host as well, without ssh', async () => {
  const before = bed.server.connections();
  expect(said(await bed.run({ here: true }))).toBe('');
  expect(bed.standIns.summary()).toEqual(complete);
  expect(readFileSync(bed.kubeconfig, 'utf8')).toContain('server: https://127.0.0.1:6443');
  expect(bed.server.connections() - before).toBe(0);
});

describe('the second run', () => {
  test('changes nothing', async () => {
    await bed.run();
    bed.standIns.calls.forget();
    const again = await bed.run();
    expect(changes()).toEqual([]);
    expect(again.questions).toEqual([]);
    expect(again.lines.every((line) => line.includes('up to date'))).toBe(true);
  });

  test('brings only the image to the node that has changed', async () => {
    await bed.run();
    bed.standIns.calls.forget();
    appendFileSync(join(bed.application, 'services', 'frontend', 'Dockerfile'), 'LABEL more=1\n');
    expect(said(await bed.run())).toBe('');
    // The stand-in's content is that of the whole folder, so that both get another id; docker decides that.
    expect(changes().filter((call) => call.startsWith('k3s ctr'))).toHaveLength(2);
    expect(bed.standIns.summary()).toEqual(complete);
  });
});

describe('a registry', () => {
  const registry = 'registry.test/team';
  const image = `${registry}/frontend:1`;
  const services = [{ name: 'frontend', image, port: 8020 }];
  const run = (imagePullPolicy = 'IfNotPresent', here = false) =>
    bed.run({
      here,
      deploy: { images: { folder: bed.application, registry } },
      system: { services, serviceDefaults: { imagePullPolicy } },
    });
  const pushes = () => changes().filter((call) => call.startsWith('docker push'));
  const change = () => appendFileSync(join(bed.application, 'services', 'frontend', 'Dockerfile'), 'LABEL again=1\n');

  test.each([false, true])(
    'gets no other content under a tag that nodes would not pull again (on this machine: %j)',
    async (here) => {
      expect(said(await run('IfNotPresent', here))).toBe('');
      expect(pushes()).toEqual([`docker push ${image}`]);
      change();
      for (const _ of ['now', 'and the next time']) {
        expect(said(await run('IfNotPresent', here))).toMatch(
          /^deploy\/same-tag: registry.test\/team\/frontend:1 was pushed before with another content.*\nwrite another tag/,
        );
      }
      expect(pushes()).toHaveLength(1);
      expect(said(await run('Always', here))).toBe('');
      expect(pushes()).toHaveLength(2);
    },
  );
});

describe('a failure', () => {
  const failures: readonly (InjectedFailure & { readonly step: string; readonly says: string })[] = [
    { step: 'k3s', call: 'sudo -n INSTALL_K3S_VERSION=*', status: 1, says: 'sudo: a password is required' },
    { step: 'k3s', call: 'k3s kubectl get nodes*', status: 1, says: 'the server has asked for the client to provide' },
    { step: 'k3s', call: 'sudo -n cat *', status: 1, says: 'cat: /etc/rancher/k3s/k3s.yaml: No such file' },
    { step: 'k3s', call: 'k3s --version', status: 139, says: 'Segmentation fault' },
    { step: 'compose', call: 'docker ps *', status: 1, says: 'Cannot connect to the Docker daemon at unix:///var/run' },
    { step: 'compose', call: 'docker compose * stop', status: 1, says: 'Error response from daemon: context canceled' },
    { step: 'images', call: 'docker image ls *', status: 1, says: 'permission denied while trying docker.sock' },
    { step: 'images', call: 'docker build *', status: 1, says: 'ERROR: failed to solve: no space left on device' },
    { step: 'images', call: 'docker save *', status: 1, says: 'Error response from daemon: layer does not exist' },
    { step: 'images', call: 'k3s ctr * import -', status: 1, says: 'ctr: write: no space left on device' },
    { step: 'images', call: 'k3s crictl images *', status: 1, says: 'rpc error: connection refused' },
    { step: 'images', call: 'k3s ctr * list', status: 1, says: 'ctr: connection refused' },
    { step: 'images', call: 'docker image inspect *', status: 1, says: 'Error: No such image' },
  ];

  test.each(failures)('of $call in the step $step is told or got over, and the next run completes', async (failure) => {
    bed.standIns.calls.fail(failure);
    const first = await bed.run();
    expect(bed.standIns.calls.hasFailed(), 'the call was made').toBe(true);
    if ('error' in first.outcome) {
      expect(first.outcome.step).toBe(failure.step);
      expect(said(first)).toContain(failure.says);
    } else {
      expect(bed.standIns.summary()).toEqual(complete);
    }
    expect(said(await bed.run())).toBe('');
    expect(bed.standIns.summary()).toEqual(complete);
    await expectNoMasters();
  });

  test('half-way in the installation takes back what it has installed', async () => {
    bed.standIns.failInstallation();
    const first = await bed.run();
    expect(said(first)).toContain('Job for k3s.service failed');
    expect(first.outcome).toMatchObject({ step: 'k3s', rollback: { succeeded: true } });
    expect(bed.standIns.summary().k3s).toBeUndefined();
    expect(said(await bed.run())).toBe('');
    expect(bed.standIns.summary()).toEqual(complete);
  });

  test('after the installation leaves k3s where it is', async () => {
    bed.standIns.calls.fail({ call: 'docker build *', status: 1, says: 'no' });
    await bed.run();
    expect(bed.standIns.summary()).toMatchObject({ k3s: 'v1.34.4+k3s1' });
    expect(changes()).not.toContainEqual(expect.stringContaining('uninstall'));
  });

  test('for want of space shows the disks and what to free', async () => {
    bed.standIns.calls.fail({ call: 'k3s ctr * import -', status: 1, says: 'ctr: write /x: no space left on device' });
    const [problem] = problemsOf(await bed.run());
    expect(problem).toMatchObject({ code: 'deploy/disk-full' });
    expect(problem?.details?.join('\n')).toMatch(/Filesystem .*Mounted on\n/);
    expect(problem?.suggestion).toContain('docker builder prune');
  });

  test('to keep a record on this machine is reported, and the next run completes', async () => {
    const records = join(dirname(bed.kubeconfig), 'images.json');
    const held = bed.standIns.calls.hold('docker save *');
    const running = bed.run();
    await waitFor('docker save', async () => held.isWaiting() || undefined);
    rmSync(records, { force: true });
    symlinkSync('nowhere', records);
    held.release();
    const refused = await running;
    expect(refused.outcome).toMatchObject({ step: 'images', stopped: false });
    expect(said(refused)).toMatch(/^file\/not-regular: .*images\.json is a symbolic link/);
    rmSync(records);
    expect(said(await bed.run())).toBe('');
    expect(bed.standIns.summary()).toEqual(complete);
  });

  test('to stop the old stack starts it again', async () => {
    bed.standIns.calls.fail({ call: 'docker compose * stop', status: 1, says: 'no' });
    await bed.run();
    expect(bed.standIns.summary().running).toEqual(['old-db-1', 'old-web-1']);
    expect(changes().at(-1)).toBe('docker compose --project-name old start');
  });
});

describe('what a person decides', () => {
  test('an old stack that may not be stopped is left alone', async () => {
    const refused = await bed.run({ answer: false });
    expect(said(refused)).toContain('deploy/compose-runs');
    expect(bed.standIns.summary().running).toEqual(['old-db-1', 'old-web-1']);
  });

  test('another release of k3s is not upgraded', async () => {
    await bed.run();
    const k3s = { version: 'v1.35.1+k3s1', installer: bed.standIns.installer };
    expect(said(await bed.run({ deploy: { k3s } }))).toContain('write: version: v1.34.4+k3s1');
    expect(bed.standIns.summary()).toEqual(complete);
  });

  test('an installer with another checksum is not run', async () => {
    const k3s = { version: 'v1.34.4+k3s1', installer: bed.standIns.installer, installerSha256: 'ab'.repeat(32) };
    const { stdout } = await run('sha256sum', [bed.standIns.installer]);
    expect(said(await bed.run({ deploy: { k3s } }))).toContain(`write: installerSha256: ${stdout.slice(0, 64)}`);
    expect(changes()).toEqual([]);
  });
});

describe('the key of the host', () => {
  const withKnownHosts = async (text: string): Promise<HostRun> => {
    const good = readFileSync(bed.server.knownHosts, 'utf8');
    writeFileSync(bed.server.knownHosts, text);
    try {
      return await bed.run();
    } finally {
      expect(readFileSync(bed.server.knownHosts, 'utf8'), 'nothing is added').toBe(text);
      writeFileSync(bed.server.knownHosts, good);
    }
  };

  test('when it is not known, nothing is run', async () => {
    const refused = await withKnownHosts('');
    expect(said(refused)).toContain('deploy/unknown-host-key');
    expect(said(refused)).toContain('run once by hand: ssh -- podhost-vm');
    expect(bed.standIns.calls.all()).toEqual([]);
  });

  test('when it has changed, nothing is run, and nobody is told to ignore it', async () => {
    const good = readFileSync(bed.server.knownHosts, 'utf8');
    const other = readFileSync(join(folder, 'ssh', 'other-key.pub'), 'utf8');
    const refused = await withKnownHosts(`${good.split(' ')[0]} ${other}`);
    expect(said(refused)).toContain('deploy/changed-host-key');
    expect(said(refused)).toContain('ask the administrator of the host');
    expect(said(refused)).not.toContain('StrictHostKeyChecking');
    expect(bed.standIns.calls.all()).toEqual([]);
  });
});

describe('an interrupted run', () => {
  test.each([
    { step: 'k3s', call: 'k3s --version' },
    { step: 'k3s', call: 'k3s kubectl get nodes*' },
    { step: 'k3s', call: 'sudo -n cat *' },
    { step: 'compose', call: 'docker ps *' },
    { step: 'compose', call: 'docker compose * stop' },
    { step: 'images', call: 'docker image ls *' },
    { step: 'images', call: 'docker build *' },
    { step: 'images', call: 'docker image inspect *' },
    { step: 'images', call: 'docker save *' },
    { step: 'images', call: 'k3s ctr * import -' },
    { step: 'images', call: 'k3s crictl images *' },
    { step: 'images', call: 'k3s ctr * list' },
  ])(
    'at $call in the step $step says so and leaves no connection behind, and the next run completes',
    async ({ step, call }) => {
      const held = bed.standIns.calls.hold(call);
      const controller = new AbortController();
      const interrupted = bed.run({ signal: controller.signal });
      await waitFor(call, async () => held.isWaiting() || undefined);
      controller.abort('Ctrl-C');
      const stopped = await interrupted;
      held.release();
      expect(stopped.outcome).toMatchObject({ stopped: true, step });
      expect(said(stopped)).toMatch(/^deploy\/stopped: stopped by Ctrl-C/);
      await expectNoMasters();
      expect(said(await bed.run())).toBe('');
      expect(bed.standIns.summary()).toEqual(complete);
    },
  );

  test('in the installation waits until that has ended on the host, and takes it back', async () => {
    const call = 'sudo -n INSTALL_K3S_VERSION=*';
    const held = bed.standIns.calls.hold(call);
    const controller = new AbortController();
    const interrupted = bed.run({ signal: controller.signal });
    await waitFor(call, async () => held.isWaiting() || undefined);
    controller.abort('Ctrl-C');
    // The shell on the host knows nothing of that and goes on; the way back has begun meanwhile.
    await sleep(2_000);
    expect(changes()).toEqual([]);
    held.release();
    const { outcome } = await interrupted;
    expect(outcome).toMatchObject({ stopped: true, rollback: { succeeded: true } });
    expect(changes().map((it) => it.split(' ')[0])).toEqual(['k3s-installer', 'k3s-uninstall.sh']);
    expect(bed.standIns.summary().k3s).toBeUndefined();
    await expectNoMasters();
    expect(said(await bed.run())).toBe('');
    expect(bed.standIns.summary()).toEqual(complete);
  });
});
