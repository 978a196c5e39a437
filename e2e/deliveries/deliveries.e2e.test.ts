import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Cluster, clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { ensureParts } from '../parts/ensure.ts';
import { exampleSystem, installExampleCrds, putSecrets, rollOut } from '../support/example-system.ts';
import { asManifests, type ConfigChange, synthesize } from '../support/system-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// A cluster that is filled and emptied takes a slow machine minutes.
vi.setConfig({ testTimeout: 300_000 });

/** Text that older and newer parsers of YAML read differently. */
const tricky = {
  A: 'no',
  B: '1e3',
  C: '0x1F',
  D: '12:30',
  E: '0o17',
  F: '2001-01-01',
  G: '=',
  H: '~',
  I: '$(B) $$',
  J: 'a\u2028b',
  K: 'a\u001bb',
};

const withTrickyValues: ConfigChange = [
  ...Object.entries(tricky).map(([key, value]) => [['configMap', 'data', `TRICKY_${key}`], value] as const),
];

const listed = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), generation: z.number() }) })),
});

const { path: folder, remove } = temporaryFolder();
let cluster: Cluster;

/** `kubectl apply -f dist` as a user runs it, with every check of the server on. */
const apply = (dist: string) => cluster.kubectl(['apply', '--validate=strict', '--filename', dist]);

async function generations(): Promise<Map<string, number>> {
  const query = ['get', 'deployments', '--namespace', exampleSystem.namespace];
  const { items } = await cluster.kubectlJson(query, listed);
  return new Map(items.map(({ metadata }) => [metadata.name, metadata.generation]));
}

/** Every object of the system with its resource version: equal before and after means that nothing was written. */
async function resourceVersions(dist: string): Promise<string> {
  const format = 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}';
  const text = await succeed(cluster.kubectl, ['get', '--filename', dist, '--output', format]);
  // Controllers write the status of workloads and claims when they like; their specifications count by generation.
  return text
    .split('\n')
    .filter(
      (line) => !/^(Deployment|StatefulSet|DaemonSet|PersistentVolumeClaim|Namespace|PodDisruptionBudget)\//.test(line),
    )
    .join('\n');
}

beforeAll(async () => {
  cluster = await startCluster({
    parts: await ensureParts(clusterParts),
    nodes: ['node-a', 'node-b'],
    directory: folder,
  });
  await installExampleCrds(cluster);
});

afterAll(async () => {
  await cluster?.stop();
  remove();
});

describe.each<[string, ConfigChange]>([
  ['helm-values', withTrickyValues],
  ['manifests', [...withTrickyValues, ...asManifests(4317, true)]],
])('delivery %s', (delivery, change) => {
  let dist: string;

  test('is applied without a complaint of the server, and every workload rolls out', async () => {
    dist = await synthesize(folder, `dist-${delivery}`, change);
    const { exitCode, stderr } = await apply(dist);
    // Pod security warns of what it would refuse: no warning means that all pods are as the restricted standard wants.
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    await putSecrets(cluster);
    expect((await rollOut(cluster)).length).toBeGreaterThanOrEqual(11);
  });

  test('values arrive in the cluster as they were written', async () => {
    const query = ['get', 'configmap', 'dataprime-config', '--namespace', exampleSystem.namespace];
    const { data } = await cluster.kubectlJson(query, z.object({ data: z.record(z.string(), z.string()) }));
    const expected = Object.fromEntries(Object.entries(tricky).map(([key, value]) => [`TRICKY_${key}`, value]));
    expect(data).toMatchObject(expected);
  });

  test('the second apply changes nothing', async () => {
    const before = [await resourceVersions(dist), await generations()];
    const { exitCode, stdout, stderr } = await apply(dist);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect([await resourceVersions(dist), await generations()]).toEqual(before);
    // kubectl calls these configured although the server writes nothing: it always sends claim templates and selectors.
    const lines = stdout
      .trim()
      .split('\n')
      .filter((line) => !/^(statefulset|poddisruptionbudget)\./.test(line));
    expect(lines.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
  });

  test('a changed value restarts the services that read it and no others', async () => {
    const before = await generations();
    const changed = await synthesize(folder, `dist-${delivery}`, [
      ...change,
      [['configMap', 'data', 'REDIS_URL'], 'redis://elsewhere:6379'],
    ]);
    expect((await apply(changed)).exitCode).toBe(0);
    const after = await generations();
    const restarted = [...after.keys()].filter((name) => after.get(name) !== before.get(name));
    expect(restarted.sort()).toEqual(['api-gateway', 'queue-service', 'queue-worker-service']);
    await rollOut(cluster);
  });

  test('what was deleted comes back with the next apply', async () => {
    const service = join(dist, '30-query-service.yaml');
    expect(readFileSync(service, 'utf8')).toContain('kind: Deployment');
    await succeed(cluster.kubectl, ['delete', '--filename', dist, '--ignore-not-found', '--timeout=90s']);
    expect((await apply(dist)).exitCode).toBe(0);
    await putSecrets(cluster);
    await rollOut(cluster);
    await succeed(cluster.kubectl, ['delete', '--filename', dist, '--ignore-not-found', '--timeout=90s']);
  });
});
