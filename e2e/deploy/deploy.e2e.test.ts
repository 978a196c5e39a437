import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { exampleSystem } from '../support/example-system.ts';
import { type ConfigChange, indexOf } from '../support/system-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type DeployBed, otherKey, secrets, startDeployBed } from './deployment.ts';
import { type HttpsServer, startHttpsServer } from './https-server.ts';
import { type RestartableServer, restartableServer } from './restartable-server.ts';
import { filesWith, formsOf, SecretWatch } from './secret-watch.ts';
import { pods, restarted, written } from './snapshot.ts';

// Each test is several deployments.
vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
const values = [...Object.values(secrets), otherKey];
const watch = new SecretWatch(values);
let bed: DeployBed;
let server: RestartableServer | undefined;
let https: HttpsServer;

const inNamespace = (...args: readonly string[]) =>
  succeed(bed.cluster.kubectl, [...args, '--namespace', exampleSystem.namespace]);
const host = 'dataprime-demo.example.com';
const logFile = () => join(bed.stateFolder, 'podhost', 'dataprime-demo', 'deploy.log');

/** Services without pods, so that there is a middle of apply. */
const manyServices: ConfigChange = Array.from({ length: 60 }, (_, index) => [
  ['services', 9 + index],
  { name: `extra-${index}`, image: 'registry.test/extra:1', port: 8080, replicas: 0 },
]);

/** Returns when so many of them are in the cluster. */
const applied = (count: number) =>
  waitFor(
    'objects',
    async () =>
      (await inNamespace('get', 'deployments', '--output=name')).split('\n').filter((it) => it.includes('extra-'))
        .length >= count || undefined,
    { everyMilliseconds: 20 },
  );

const helmAt = (work: 'upgrade' | 'rollback') => {
  const releases = ['get', 'secrets', '--namespace=coralogix', `--selector=status=pending-${work}`, '--output=name'];
  return waitFor(`helm's ${work}`, async () => (await succeed(bed.cluster.kubectl, releases)) !== '' || undefined);
};

const deployed = async () => {
  const { status, output } = await bed.run(['deploy']);
  expect(output).toContain('Deployed.');
  expect(status, output).toBe(0);
  return output;
};

beforeAll(async () => {
  bed = await startDeployBed(folder);
  https = await startHttpsServer(folder, bed.cluster.nodes[0]?.address ?? '');
  await https.show(host);
  await bed.synth();
});

afterAll(async () => {
  watch.stop();
  https?.stop();
  await server?.stop();
  await bed?.stop();
  remove();
});

describe('podhost deploy', () => {
  test('refuses manifests that the configuration would not synthesize', async () => {
    await bed.synth([[['environment'], 'staging']]);
    const { status, output } = await bed.run(['deploy', '--config', 'config/dataprime-demo.yaml']);
    expect(output).toMatch(
      /\[deploy\/stale-dist\]\n {2}run: podhost synth --config \S+ --config config\/dataprime-demo\.yaml --output /,
    );
    expect(status).toBe(2);
    await bed.synth();
  });

  test('prints a script that changes nothing', async () => {
    const { status, output } = await bed.run(['deploy', '--dry-run']);
    expect(output).toContain(
      'printf \'%s\\n\' "PRIVATE_KEY=$PRIVATE_KEY" | kubectl create secret generic coralogix-keys',
    );
    expect(status).toBe(0);
    expect(await succeed(bed.cluster.kubectl, ['get', 'namespaces', '--output=name'])).not.toContain('dataprime');
  });

  test('brings an empty cluster to a running system, of which nothing has to be restarted', async () => {
    expect(await deployed()).not.toContain('Restart ');
    expect((await pods(bed.cluster)).size).toBe(14);
    expect(statSync(logFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(logFile(), 'utf8')).toMatch(/here, exit status 0, \d+ ms: helm upgrade --install/);
  });

  test('puts the secrets into the cluster as they are', async () => {
    const data = await inNamespace('get', 'secret', 'dataprime-secrets', '--output=jsonpath={.data.DB_PASSWORD}');
    expect(Buffer.from(data, 'base64').toString()).toBe(secrets.DB_PASSWORD);
  });

  test('changes nothing the second time', async () => {
    const before = [await written(bed.cluster), await pods(bed.cluster)];
    const output = await deployed();
    expect(output).toContain('up to date, revision 1 has this version and these values');
    expect([await written(bed.cluster), await pods(bed.cluster)]).toEqual(before);
  });

  test('says which certificate is served, and fails for the one that Traefik makes up', async () => {
    const verify = () => bed.run(['deploy', '--only', 'verify']);
    expect((await verify()).output).toContain(`The certificate of ${host} is served: up to date, issued by ${host}`);
    await https.show('TRAEFIK DEFAULT CERT');
    const { status, output } = await verify();
    expect(output).toContain(`${host} is served with Traefik's default certificate`);
    expect(status).toBe(3);
    await https.show(host);
  });

  test('restarts only the readers of a changed value', async () => {
    const before = await pods(bed.cluster);
    await bed.synth([[['configMap', 'data', 'REDIS_URL'], 'redis://elsewhere:6379']]);
    await deployed();
    expect(await restarted(bed.cluster, before)).toEqual(['api-gateway', 'queue-service', 'queue-worker-service']);
    await bed.synth();
    await deployed();
  });

  test('restarts only the readers of a changed Secret', async () => {
    const before = await pods(bed.cluster);
    const { status, output } = await bed.run(['deploy'], { PRIVATE_KEY: otherKey });
    expect(output).toContain('Restart daemonset/coralogix-opentelemetry-agent in coralogix');
    expect(status).toBe(0);
    expect(await restarted(bed.cluster, before)).toEqual([
      expect.stringContaining('coralogix-opentelemetry-agent'),
      expect.stringContaining('coralogix-opentelemetry-agent'),
    ]);
    await deployed();
  });

  test('leaves a Secret alone that is there when the environment has no value', async () => {
    const output = (await bed.run(['deploy', '--only', 'secrets'], { OPENAI_API_KEY: '' })).output;
    expect(output).toContain('up to date, it has OPENAI_API_KEY, CX_RUM_API_KEY, DB_PASSWORD, with these values');
  });

  test('removes what the configuration names no more, but its volume', async () => {
    await bed.synth([
      [['services', indexOf('storage-service')], { name: 'renamed', image: 'registry.test/x:1', port: 8015 }],
    ]);
    const output = await deployed();
    expect(output).toMatch(/Remove .*storage-service.* from dataprime-demo: done/);
    const left = await inNamespace('get', 'all,serviceaccounts,pvc', '--output=name');
    expect(left.split('\n').filter((name) => name.includes('storage'))).toEqual(['persistentvolumeclaim/storage-data']);
    await bed.synth();
    await deployed();
  });
});

describe('a Lease', () => {
  test('that somebody holds on another machine refuses a run, and says who and since when', async () => {
    const lease = (renewTime: string) =>
      JSON.stringify({
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: 'podhost-dataprime-demo', namespace: 'default' },
        spec: {
          holderIdentity: 'eva, process 7 on elsewhere',
          leaseDurationSeconds: 5,
          acquireTime: '2026-01-02T03:04:05.000000Z',
          renewTime,
        },
      });
    const apply = ['apply', '--server-side', '--force-conflicts', '--filename=-'];
    await succeed(bed.cluster.kubectl, apply, { input: lease('2126-01-02T03:04:05.000000Z') });
    const { status, output } = await bed.run(['deploy', '--only', 'secrets']);
    expect(output).toContain(
      'another run works on this system: eva, process 7 on elsewhere, since 2026-01-02T03:04:05.000000Z',
    );
    expect(status).toBe(3);
    // Nobody renews this one.
    await succeed(bed.cluster.kubectl, apply, { input: lease('2026-01-02T03:04:05.000000Z') });
    expect((await bed.run(['deploy', '--only', 'secrets'])).status).toBe(0);
  });
});

describe('two runs at the same time', () => {
  test('do not both work on the system', async () => {
    const runs = [bed.start(['deploy']), bed.start(['deploy'])];
    const ends = await Promise.all(runs.map(({ ended }) => ended));
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 3]);
    const refused = ends.find(({ status }) => status === 3)?.output;
    expect(refused).toMatch(/another run works on this system: \w+, process \d+ on .*, since \d{4}-/);
    expect(refused).toContain('[deploy/already-running]');
  });
});

describe('after a failure', () => {
  test('of helm, it is rolled back and said so, and the next run completes', async () => {
    await bed.synth([[['clusterName'], 'no-room']]);
    const { status, output } = await bed.run(['deploy']);
    expect(output).toContain('helm has rolled it back: the release is at its previous revision');
    expect(output).toContain('Stopped in step collector, at: Helm release otel-coralogix-integration');
    expect(output).toContain('Not started: operator, apply, restart, verify.');
    expect(status).toBe(3);
    await bed.synth();
    await deployed();
  });

  test('of a pod, its reason is shown', async () => {
    await bed.synth([
      [
        ['services', indexOf('query-service'), 'resources'],
        { requests: { cpu: '900', memory: '64Mi' }, limits: { cpu: '900', memory: '64Mi' } },
      ],
    ]);
    const { status, output } = await bed.run(['deploy', '--only', 'apply']);
    expect(output).toMatch(/pod query-service-\S+: no node accepts it: 0\/2 nodes are available: .*Insufficient cpu/);
    expect(output).not.toContain('timed out');
    expect(status).toBe(3);
    await bed.synth();
    await deployed();
  });

  test('of the API server in the middle of apply, the next run completes', async () => {
    await bed.synth(manyServices);
    server = restartableServer(bed.cluster);
    const { ended } = bed.start(['deploy', '--skip', 'verify']);
    await applied(20);
    await server.kill();
    const { status, output } = await ended;
    expect(output).toContain('Stopped in step apply, at: Apply the');
    expect(output).toContain('The Lease could not be released');
    expect(status).toBe(3);
    await server.restart();
    await deployed();
    await applied(60);
  });
});

describe('Ctrl-C', () => {
  test('in the middle of apply stops cleanly, and the next run completes', async () => {
    await bed.synth();
    // Removes the sixty of before, too.
    await deployed();
    await bed.synth(manyServices);
    const { process, ended } = bed.start(['deploy']);
    await applied(20);
    process.kill('SIGINT');
    const { status, output } = await ended;
    expect(output).toContain('stopped by Ctrl-C');
    expect(output).toContain('Stopped in step apply, at: Apply the');
    expect(output).toMatch(/Completed: .*secrets, collector, operator\. Not started: restart, verify\./);
    expect(status).toBe(130);
    await deployed();
    await applied(60);
  });

  test('before helm has ended lets it take back what it did', async () => {
    await bed.synth([[['clusterName'], 'no-room']]);
    const { process, ended } = bed.start(['deploy']);
    await helmAt('upgrade');
    process.kill('SIGINT');
    expect((await ended).status).toBe(130);
    await bed.synth();
    await deployed();
  });

  test('insisted on leaves the release pending, and the next run completes', async () => {
    await bed.synth([[['clusterName'], 'no-room']]);
    const { process, ended } = bed.start(['deploy']);
    await helmAt('upgrade');
    process.kill('SIGKILL');
    await ended;
    await bed.synth();
    await deployed();
  });

  test('insisted on while helm takes back what it did leaves that half done, and the next run completes', async () => {
    await bed.synth([[['clusterName'], 'no-room']]);
    const { process, ended } = bed.start(['deploy']);
    await helmAt('upgrade');
    process.kill('SIGINT');
    await helmAt('rollback');
    process.kill('SIGINT');
    expect((await ended).status).toBe(130);
    await bed.synth();
    expect(await deployed()).toMatch(
      /Roll back the Helm release \S+, which an interrupted run left pending-rollback since .*: done/,
    );
  });
});

describe('the secrets', () => {
  test('were in no process list, no output and no file', () => {
    expect(watch.looks).toBeGreaterThan(100);
    expect(watch.found).toEqual([]);
    const printed = bed.printed();
    expect(formsOf(values).filter((form) => printed.includes(form))).toEqual([]);
    for (const place of [bed.stateFolder, join(folder, 'system'), join(folder, 'helm-cache')]) {
      expect(filesWith(values, place)).toEqual([]);
    }
  });
});

describe('podhost undeploy', () => {
  test('asks first, and does nothing when nobody answers', async () => {
    const before = await written(bed.cluster);
    const { status, output } = await bed.run(['undeploy']);
    expect(output).toContain('add --yes');
    expect(status).toBe(2);
    expect(await written(bed.cluster)).toEqual(before);
  });

  test('takes away all but volumes and namespaces', async () => {
    const { status, output } = await bed.run(['undeploy', '--yes']);
    expect(output).toContain('Helm release otel-coralogix-integration in coralogix');
    expect(output).toMatch(/This will be kept:\n {2}in dataprime-demo: .*persistentvolumeclaim\/sqlite-data/);
    expect(status).toBe(0);
    const left = await inNamespace('get', 'deployments,statefulsets,services,secrets,pvc', '--output=name');
    expect([
      ...new Set(
        left
          .trim()
          .split('\n')
          .map((name) => name.split('/')[0]),
      ),
    ]).toEqual(['persistentvolumeclaim']);
  });

  test('takes away volumes and namespaces when told to', async () => {
    expect((await bed.run(['undeploy', '--yes', '--volumes'])).status).toBe(0);
    const left = await succeed(bed.cluster.kubectl, ['get', 'namespaces', '--output=name']);
    expect(left).not.toMatch(/dataprime-demo|coralogix/);
  });
});
