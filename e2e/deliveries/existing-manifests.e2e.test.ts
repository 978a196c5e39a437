import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Cluster, clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 300_000 });

const systems = ['storefront', 'bank', 'telescope', 'assistant'] as const;

const originalOf = (system: string): string => resolve(`test/constructs/ported/${system}.original.yaml`);

const { path: folder, remove } = temporaryFolder();
let cluster: Cluster;
/** Folders of helm and kubectl. */
let tools: string;

beforeAll(async () => {
  const parts = await ensureParts([...clusterParts, 'helm']);
  tools = [parts.helm, parts.kubectl].map((program) => dirname(program)).join(':');
  cluster = await startCluster({ parts, nodes: ['node-a'], directory: folder });
});

afterAll(async () => {
  await cluster?.stop();
  remove();
});

/** @returns what the command printed */
async function podhost(args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run('node', [builtPodhost, ...args], {
    env: { KUBECONFIG: cluster.kubeconfig, XDG_STATE_HOME: folder, PATH: `${tools}:${process.env['PATH']}` },
  });
  expect([exitCode, exitCode === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  return stdout + stderr;
}

/** Writes a configuration and synthesizes it. */
async function synthesized(name: string, more: string): Promise<{ config: string; dist: string }> {
  const config = join(folder, `${name}.yaml`);
  const dist = join(folder, `dist-${name}`);
  writeFileSync(
    config,
    `name: ${name}
namespace: ${name}
environment: production
clusterName: e2e
coralogix: { domain: eu2.coralogix.com, applicationName: ${name} }
configMap: { name: ${name}-telemetry }
${more}`,
  );
  await podhost(['synth', '--config', config, '--output', dist]);
  return { config, dist };
}

const live = z.object({
  items: z.array(
    z.looseObject({
      kind: z.string(),
      metadata: z.object({ name: z.string(), uid: z.string() }),
      spec: z.looseObject({}).optional(),
    }),
  ),
});

const kinds = 'deployments,statefulsets,cronjobs,services,persistentvolumeclaims,serviceaccounts';

/** What the cluster writes into a claim at some moment after it was applied, and what is meant to differ. */
const leftOut: ReadonlySet<string> = new Set(['volumeName', 'env']);

/** What nothing but a pod template may differ in, by object: identity, and the specification without environments. */
async function withoutEnvironment(namespace: string): Promise<Record<string, string>> {
  const { items } = await cluster.kubectlJson(['get', kinds, '--namespace', namespace], live);
  const own = items.filter(({ metadata }) => !/^(default|coralogix-opentelemetry-collector)$/.test(metadata.name));
  return Object.fromEntries(
    own.map(({ kind, metadata, spec }) => [
      `${kind} ${metadata.name} ${metadata.uid}`,
      JSON.stringify(spec, (key, value: unknown) => (leftOut.has(key) ? undefined : value)),
    ]),
  );
}

test.each(systems)(
  '%s is taken over in place: pods get their environment, and nothing else changes',
  async (system) => {
    await succeed(cluster.kubectl, ['create', 'namespace', system]);
    await succeed(cluster.kubectl, ['apply', '--namespace', system, '--filename', originalOf(system)]);
    const before = await withoutEnvironment(system);
    expect(Object.keys(before).length).toBeGreaterThan(1);
    const { dist } = await synthesized(system, `manifests: [${originalOf(system)}]\n`);
    await succeed(cluster.kubectl, ['apply', '--validate=strict', '--filename', dist]);
    expect(await withoutEnvironment(system)).toEqual(before);
    const again = await succeed(cluster.kubectl, ['apply', '--validate=strict', '--filename', dist]);
    expect(again.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'))).toEqual([]);
  },
);

/** A workload whose name and tag a tool puts in. */
const workload = (name: string, tag: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: app, image: "acme/app:${tag}" }] }
`;

test('a chart that helm renders and a kustomization that kubectl builds come to the cluster with their telemetry', async () => {
  const files = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'chart/values.yaml': 'tag: none\n',
    'chart/templates/web.yaml': workload('{{ .Release.Name }}-web', '{{ required "tag is missing" .Values.tag }}'),
    'chart/templates/tests/smoke.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: smoke, annotations: { helm.sh/hook: test } }\nspec: { containers: [] }\n',
    'prod.yaml': 'tag: "2.0"\n',
    'overlay/kustomization.yaml': 'namePrefix: blue-\nresources: [worker.yaml]\n',
    'overlay/worker.yaml': workload('worker', '3.0'),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { dist } = await synthesized(
    'mixed',
    'manifests: [overlay, { helm: chart, release: green, values: [prod.yaml] }]\n',
  );
  await succeed(cluster.kubectl, ['apply', '--validate=strict', '--filename', dist]);
  const images =
    'jsonpath={range .items[*].spec.template.spec.containers[*]}{.image} {.env[?(@.name=="OTEL_EXPORTER_OTLP_ENDPOINT")].value}{"\\n"}{end}';
  const found = await succeed(cluster.kubectl, ['get', 'deployments', '--namespace=mixed', '--output', images]);
  expect(found.trim().split('\n').sort()).toEqual([
    'acme/app:2.0 http://coralogix-opentelemetry-collector:4317',
    'acme/app:3.0 http://coralogix-opentelemetry-collector:4317',
  ]);
  expect(await succeed(cluster.kubectl, ['get', 'deployments', '--namespace=mixed', '--output=name'])).toBe(
    'deployment.apps/blue-worker\ndeployment.apps/green-web\n',
  );
});

test('of two systems that share a collector, undeploy of one leaves the other and the collector alone', async () => {
  const service = 'services: [{ name: web, image: "web:1", port: 80 }]\n';
  const owner = await synthesized('owner', `collector: { delivery: manifests }\n${service}`);
  const guest = await synthesized('guest', `collector: { delivery: existing, namespace: coralogix }\n${service}`);
  for (const { dist } of [owner, guest]) {
    await succeed(cluster.kubectl, ['apply', '--filename', dist]);
  }
  const names = async (namespace: string) => {
    const list = await cluster.kubectlJson(
      ['get', 'deployments,daemonsets,services,configmaps', '--namespace', namespace],
      live,
    );
    return list.items.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
  };
  const before = { owner: await names('owner'), coralogix: await names('coralogix') };
  expect(before.coralogix).toContain('DaemonSet coralogix-opentelemetry-agent');
  await podhost(['undeploy', '--config', guest.config, '--yes']);
  expect({ owner: await names('owner'), coralogix: await names('coralogix') }).toEqual(before);
  expect(await names('guest')).toEqual(['ConfigMap kube-root-ca.crt']);
});
