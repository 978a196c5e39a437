import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verificationSchema } from '../../lib/verify/output/json.ts';
import { type Cluster, clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';

/** Other manifests can be named, e.g. those of a chart that was rendered. */
const manifests = process.env['PODHOST_FOREIGN'] ?? fileURLToPath(new URL('shop.yaml', import.meta.url));
const namespace = process.env['PODHOST_FOREIGN_NAMESPACE'] ?? 'shop';
const directory = mkdtempSync(join(tmpdir(), 'podhost-e2e-foreign-'));
let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster({ parts: await ensureParts(clusterParts), nodes: ['node-a', 'node-b'], directory });
  await succeed(cluster.kubectl, ['apply', '-f', manifests]);
  await cluster.kubectl(['create', 'secret', 'generic', 'key', '--from-literal=KEY=a-key', '--namespace', namespace]);
  await succeed(cluster.kubectl, [
    ...['get', 'deployments,statefulsets,daemonsets', '--namespace', namespace, '--output', 'name'],
  ]).then(async (names) => {
    for (const name of names.split('\n').filter((each) => each !== '')) {
      await succeed(cluster.kubectl, ['rollout', 'status', name, '--namespace', namespace, '--timeout=60s']);
    }
  });
});

afterAll(async () => {
  await cluster?.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('nothing of a healthy cluster that is not ours is reported as broken', async () => {
  const hops = ['applied', 'rollout', 'environment', 'collector', 'endpoint'];
  const { stdout, stderr } = await run(
    process.execPath,
    [builtPodhost, 'verify', manifests, '--no-coralogix', '--format', 'json', '--only', hops.join()],
    { env: { KUBECONFIG: cluster.kubeconfig } },
  );
  expect(stdout, stderr).not.toBe('');
  const { rows } = verificationSchema.parse(JSON.parse(stdout));
  const broken = rows.flatMap(({ name, hops: cells }) =>
    cells.flatMap(({ checks }) =>
      checks.filter(({ status }) => status === 'broken').map(({ id, message }) => [name, id, message]),
    ),
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(broken).toEqual([]);
});
