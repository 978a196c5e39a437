import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Cluster, clusterParts, startCluster } from '../cluster/cluster.ts';
import { succeed } from '../cluster/kubectl.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { builtPodhost } from '../support/built-podhost.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Workloads with what systems in the field have: a value of their own, a late reference, a sidecar, a datastore. */
const original = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: proxy
          image: envoyproxy/envoy
        - name: app # the program
          image: acme/web:1.2
          env:
            - name: PORT
              value: "80"
            - name: OTEL_RESOURCE_ATTRIBUTES
              value: team=$(TEAM),k8s.pod.ip=$(HOST_IP)
            - name: TEAM
              value: core
            - name: HOST_IP
              valueFrom: {fieldRef: {fieldPath: status.hostIP}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: probe}
spec:
  selector: {matchLabels: {app: probe}}
  template:
    metadata: {labels: {app: probe}}
    spec:
      hostNetwork: true
      containers:
        - {name: probe, image: "acme/probe:2", env: [{name: OTEL_RESOURCE_ATTRIBUTES, value: "zone=$(ZONE),k8s.pod.ip=$(IP)"}, {name: ZONE, value: a}, {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]}
        - env: [{name: PORT, value: "81"}]
          envFrom: [{configMapRef: {name: shared, optional: true}}]
          image: acme/other:2
          name: other
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: report
spec:
  schedule: "0 0 1 1 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: app
              image: acme/report:1.2
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: cache
spec:
  serviceName: cache
  selector: {matchLabels: {app: cache}}
  template:
    metadata:
      labels: {app: cache}
    spec:
      containers:
        - name: redis
          image: redis:7
`;

const entry = z.object({ name: z.string(), value: z.string().optional() });
const container = z.object({ name: z.string(), env: z.array(entry).optional() });
const deployment = z.object({
  metadata: z.object({ generation: z.number() }),
  spec: z.looseObject({
    selector: z.unknown(),
    template: z.object({ spec: z.looseObject({ containers: z.array(container) }) }),
  }),
});

const { path: folder, remove } = temporaryFolder();
let cluster: Cluster;
let helm: string;

beforeAll(async () => {
  const parts = await ensureParts([...clusterParts, 'helm']);
  helm = parts.helm;
  cluster = await startCluster({ parts, nodes: ['node-a'], directory: folder });
});

afterAll(async () => {
  await cluster?.stop();
  remove();
});

async function podhost(args: readonly string[], input?: string): Promise<string> {
  const { exitCode, stdout, stderr } = await run(
    'node',
    [builtPodhost, 'instrument', ...args],
    input === undefined ? {} : { input },
  );
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining('objects read')]);
  return stdout;
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Every variable that another one refers to stands before it, and the pod's own address is the one that counts. */
function expectRightOrder(containers: z.infer<typeof container>[]): void {
  expect(containers.map(({ name }) => name)).toEqual(['proxy', 'app']);
  const env = containers[1]?.env ?? [];
  const names = env.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [index, { value = '' }] of env.entries()) {
    for (const [, name = ''] of value.matchAll(/\$\(([^)]+)\)/g)) {
      expect(names.slice(0, index)).toContain(name);
    }
  }
  expect(env.find(({ name }) => name === 'OTEL_RESOURCE_ATTRIBUTES')?.value).toMatch(
    /^team=\$\(TEAM\),k8s\.pod\.ip=\$\(K8S_POD_IP\),/,
  );
}

const podSpec = z.looseObject({
  containers: z.array(z.looseObject({ name: z.string(), env: z.array(entry).optional() })),
});
const template = z.looseObject({ spec: podSpec });
const workload = z.looseObject({
  kind: z.string(),
  spec: z.looseObject({
    template: template.optional(),
    jobTemplate: z.looseObject({ spec: z.looseObject({ template }) }).optional(),
  }),
});

/** Pod templates of all workloads, and what the workloads have besides. */
async function workloads(namespace: string) {
  const kinds = 'deployments,daemonsets,statefulsets,cronjobs';
  const { items } = await cluster.kubectlJson(['get', kinds, '-n', namespace], z.object({ items: z.array(workload) }));
  return items.map(({ kind, spec: { template: pods, jobTemplate, ...rest } }) => {
    const { template: jobPods, ...job } = jobTemplate?.spec ?? {};
    const found = template.parse(pods ?? jobPods);
    const { containers, ...pod } = found.spec;
    return {
      containers,
      others: { kind, rest, job, pod, containers: containers.map((each) => ({ ...each, env: null })) },
    };
  });
}

/** Every reference of a container that the kubelet must expand stands behind what it refers to. */
function expectExpanded({ name, env = [] }: z.infer<typeof container>): void {
  const declared: string[] = [];
  for (const { name: variable, value = '' } of env) {
    const late = [...value.matchAll(/\$\(([^)]+)\)/g)].filter(([, reference = '']) => !declared.includes(reference));
    expect([name, variable, late]).toEqual([name, variable, []]);
    declared.push(variable);
  }
  expect(new Set(declared).size).toBe(declared.length);
}

const live = (namespace: string) => cluster.kubectlJson(['get', 'deployment', 'web', '-n', namespace], deployment);

test.each([
  ['client', ['apply']],
  ['server', ['apply', '--server-side']],
])(
  'applied over the original on the side of the %s, only the pods change, once, and in the right order',
  async (side, apply) => {
    await succeed(cluster.kubectl, ['create', 'namespace', side]);
    const before = file(`${side}-before.yaml`, original);
    const after = file(`${side}-after.yaml`, await podhost([before, '--environment', 'test']));
    const args = (path: string) => [...apply, '--validate=strict', '-n', side, '-f', path];
    await succeed(cluster.kubectl, args(before));
    const old = await live(side);
    const beforehand = await workloads(side);
    const applied = await succeed(cluster.kubectl, args(after));
    const now = await live(side);
    expect(now.metadata.generation).toBe(old.metadata.generation + 1);
    expect({ ...now.spec, template: null }).toEqual({ ...old.spec, template: null });
    expectRightOrder(now.spec.template.spec.containers);
    const changed = await workloads(side);
    expect(changed.map(({ others }) => others)).toEqual(beforehand.map(({ others }) => others));
    for (const each of changed.flatMap(({ containers }) => containers)) {
      expectExpanded(each);
    }
    expect(applied).toMatch(side === 'client' ? /statefulset\S* unchanged/ : /statefulset/);
    await succeed(cluster.kubectl, args(after));
    expect((await live(side)).metadata.generation).toBe(now.metadata.generation);
  },
);

test('a component gives the same order when kustomize builds it, and its check notices a base that has drifted', async () => {
  const base = join(folder, 'base');
  mkdirSync(base);
  writeFileSync(join(base, 'app.yaml'), original);
  writeFileSync(join(base, 'kustomization.yaml'), 'resources: [app.yaml]\n');
  await podhost([base, '--patches', join(folder, 'component')]);
  const overlay = join(folder, 'overlay');
  mkdirSync(overlay);
  writeFileSync(join(overlay, 'kustomization.yaml'), 'resources: [../base]\ncomponents: [../component]\n');
  const built = file('built.yaml', await succeed(cluster.kubectl, ['kustomize', overlay]));
  await succeed(cluster.kubectl, ['create', 'namespace', 'built']);
  await succeed(cluster.kubectl, ['apply', '--server-side', '--validate=strict', '-n', 'built', '-f', built]);
  expectRightOrder((await live('built')).spec.template.spec.containers);
  writeFileSync(join(base, 'app.yaml'), original.replace('name: TEAM', 'name: CREW').replace('$(TEAM)', '$(CREW)'));
  const { exitCode } = await run('node', [
    builtPodhost,
    'instrument',
    base,
    '--patches',
    join(folder, 'component'),
    '--check',
  ]);
  expect(exitCode).toBe(1);
});

test('helm 3 takes the command as its post-renderer', async () => {
  const chart = join(folder, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: chart\nversion: 0.1.0\n');
  writeFileSync(
    join(chart, 'templates', 'app.yaml'),
    original.replace('name: web\n', 'name: web # {{ .Release.Name }}\n'),
  );
  const renderer = file('podhost-instrument', `#!/bin/sh\nexec node ${resolve(builtPodhost)} instrument "$@"\n`);
  chmodSync(renderer, 0o755);
  const args = ['--post-renderer-args', '-', '--post-renderer-args', '--environment', '--post-renderer-args', 'test'];
  const { stdout, stderr, exitCode } = await run(helm, [
    'template',
    'shop',
    chart,
    '--post-renderer',
    renderer,
    ...args,
  ]);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout).toContain('name: web # shop');
  expect(stdout).toContain('deployment.environment=test');
});

test('the plug-in of Argo CD renders a chart, and reads plain manifests, with what it is configured with', async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(helm, join(bin, 'helm'));
  writeFileSync(join(bin, 'podhost'), `#!/bin/sh\nexec node ${resolve(builtPodhost)} "$@"\n`);
  chmodSync(join(bin, 'podhost'), 0o755);
  const plugin = z
    .object({ spec: z.object({ generate: z.object({ command: z.array(z.string()), args: z.array(z.string()) }) }) })
    .parse(parse(readFileSync('plugins/argocd/plugin.yaml', 'utf8')));
  const { command, args } = plugin.spec.generate;
  const plain = join(folder, 'plain');
  mkdirSync(plain);
  writeFileSync(join(plain, 'app.yaml'), original);
  for (const source of [plain, join(folder, 'chart')]) {
    const { stdout, exitCode } = await run('env', ['-C', source, ...command, ...args], {
      env: {
        PATH: `${bin}:${process.env['PATH']}`,
        ARGOCD_APP_NAME: 'shop',
        ARGOCD_APP_NAMESPACE: 'shop',
        ARGOCD_ENV_ENVIRONMENT: 'test',
      },
    });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('deployment.environment=test')]);
  }
});
