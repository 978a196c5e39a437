import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { changeObjects } from './support/changes.ts';
import { testKey } from './support/fake-coralogix.ts';
import {
  agentName,
  at,
  collectorNamespace,
  healthySystem,
  namespace,
  type TestSystem,
} from './support/healthy-system.ts';
import { startVerify } from './support/run-verify.ts';

withoutSleeps();

/** The files of the bundle of a run. */
async function bundleOf(system: TestSystem): Promise<{ files: Record<string, string>; path: string }> {
  const path = join(temporaryFolder(), 'evidence.zip');
  const { run } = await startVerify(system);
  await run('--bundle', path);
  const files = Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => [name, strFromU8(bytes)]);
  return { files: Object.fromEntries(files), path };
}

test('the bundle has the reports, the objects that were read, and logs and metrics of the collectors', async () => {
  const system = healthySystem();
  system.logs[`${collectorNamespace}/${agentName}-0`] = 'Everything is ready.\n';
  const { files, path } = await bundleOf(system);
  expect(files['report.txt']).toContain('2 of 2 services proven');
  expect(files['report.html']).toMatch(/^<!doctype html>/);
  expect(JSON.parse(files['report.json'] ?? '')).toMatchObject({ verdict: 'proven' });
  expect(files['report.xml']).toContain('<testsuites');
  expect(files[`objects/${namespace}/Deployment-api-gateway.json`]).toContain('"OTEL_RESOURCE_ATTRIBUTES"');
  expect(files[`objects/${collectorNamespace}/ConfigMap-${agentName}.json`]).toContain('k8sattributes');
  expect(files[`pods/${namespace}/api-gateway-abc12-0xyz.json`]).toContain('"node-a"');
  expect(files[`logs/${collectorNamespace}/${agentName}-0-opentelemetry-collector.log`]).toBe('Everything is ready.\n');
  expect(files[`logs/${collectorNamespace}/${agentName}-1-opentelemetry-collector.log`]).toContain('not read: ');
  expect(files[`metrics/${collectorNamespace}/${agentName}-0.txt`]).toContain('otelcol_receiver_accepted_spans_total');
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('no secret of an object, a log or the environment stands in the bundle', async () => {
  const secrets = {
    password: 'hunter2-Tr0ub4dor',
    url: 'p4ss-of-the-url',
    token: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    data: 'Zx81-not-for-you',
    log: 'cxtp_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    header: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
  };
  const system = healthySystem();
  const env = [
    { name: 'DB_PASSWORD', value: secrets.password },
    { name: 'DATABASE_URL', value: `postgres://user:${secrets.url}@db:5432/shop` },
    { name: 'DEPLOYER', value: secrets.token },
  ];
  for (const kind of ['Deployment', 'Pod']) {
    changeObjects(kind, 'api-gateway', (object) => {
      const spec = Object(kind === 'Pod' ? object['spec'] : at(object, 'spec', 'template', 'spec'));
      spec.containers[0].env = [...spec.containers[0].env, ...env];
      Object.assign(object.metadata, {
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ env }) },
      });
    })(system);
  }
  changeObjects('ConfigMap', 'dataprime-config', (object) => {
    Object.assign(Object(object['data']), { API_SECRET: secrets.data });
  })(system);
  system.logs[`${collectorNamespace}/${agentName}-0`] =
    `error exporting: key ${secrets.log} refused, Authorization: Bearer ${secrets.header}, asked with ${testKey}\n`;
  const { files } = await bundleOf(system);
  const all = Object.values(files).join('\n');
  for (const secret of [...Object.values(secrets), testKey, 'secret-value', 'c2VjcmV0LXZhbHVl', 'token-of-the-test']) {
    expect(all).not.toContain(secret);
  }
  expect(all).toContain('error exporting: key ');
  expect(Object.keys(files).filter((name) => name.includes('Secret-'))).toEqual([]);
});

test('a hostile name of an object leads to no place outside of the bundle', async () => {
  const system = healthySystem();
  changeObjects('Service', 'api-gateway', (object) => {
    Object.assign(object.metadata, { name: '../../etc/passwd' });
  })(system);
  const { files } = await bundleOf(system);
  expect(Object.keys(files).filter((name) => /(^|\/)\.|^\/|\\/.test(name))).toEqual([]);
});
