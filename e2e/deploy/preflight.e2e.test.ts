import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadSystem } from '../../lib/config/load-system.ts';
import { removeLegacy } from '../../lib/deploy/steps/collector/step.ts';
import { type PreflightProps, runPreflight } from '../../lib/deploy/steps/preflight/step.ts';
import { secretNames } from '../../lib/deploy/steps/secrets/secret.ts';
import { formatProblems } from '../../lib/problems/format.ts';
import { SecretMask } from '../../lib/run/command/secret-mask.ts';
import { SpawnedCommands } from '../../lib/run/command/spawned-commands.ts';
import type { DeployContext } from '../../lib/run/context.ts';
import { createContext } from '../../lib/run/context.ts';
import { PlainReporter } from '../../lib/run/reporter.ts';
import { runAction } from '../../lib/run/run-action.ts';
import { type Cluster, clusterParts, startCluster } from '../cluster/cluster.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { exampleSystem, installExampleCrds, putSecrets, rollOut } from '../support/example-system.ts';
import { synthesize } from '../support/system-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type ChartRepository, startChartRepository } from './chart-repository.ts';
import { secrets } from './deployment.ts';
import { legacyCollector, portHolder, roleWithout } from './preflight-objects.ts';
import { restartableServer } from './restartable-server.ts';

const { path: folder, remove } = temporaryFolder();
const { namespace } = exampleSystem;
const steps = ['secrets', 'collector', 'apply', 'restart', 'verify'] as const;

let cluster: Cluster;
let charts: ChartRepository;
let environment: NodeJS.ProcessEnv;

const kubeconfig = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority': z.string() }) })]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

/** A deployment as the command would prepare it. */
function context(more: Readonly<Record<string, string>> = {}): DeployContext {
  const configFile = join(folder, 'system.yaml');
  const loaded = loadSystem(configFile);
  const own = { ...environment, ...more };
  const { signal } = new AbortController();
  const mask = new SecretMask({ names: secretNames(loaded.config), environment: own });
  return createContext({
    ...loaded,
    configFile,
    dist: join(folder, 'system'),
    runner: new SpawnedCommands({ signal, environment: own, mask, log: { write: () => {} } }),
    environment: own,
    signal,
    stateFolder: folder,
    migrate: false,
    pruneVolumes: false,
    steps: [],
    report: () => {},
    confirm: async () => true,
  });
}

async function preflight(more: Readonly<Record<string, string>> = {}, props: Partial<PreflightProps> = {}) {
  const { problems, notes } = await runPreflight(context(more), {
    migrate: false,
    steps,
    canAsk: false,
    ...props,
  });
  if (process.env['PODHOST_E2E_SHOW'])
    process.stdout.write(`${formatProblems(problems, { format: 'text' })}${notes.join('\n')}\n`);
  return { codes: problems.map(({ code }) => code), problems, notes };
}

const create = (...objects: readonly object[]) =>
  succeed(cluster.kubectl, ['apply', '--filename', '-'], {
    input: objects.map((it) => JSON.stringify(it)).join('\n---\n'),
  });

const names = async (kinds: string) =>
  (await succeed(cluster.kubectl, ['get', kinds, '--all-namespaces', '--output=name'])).split('\n');

/** Installs the chart with the values of the system. */
async function install(release: string, where: string): Promise<void> {
  const { helm } = await ensureParts(['helm']);
  const values = join(folder, 'system', 'helm', 'coralogix-infra-values.yaml');
  const args = ['upgrade', '--install', release, 'otel-integration', `--repo=${charts.url}`, `--namespace=${where}`];
  const { exitCode, stderr } = await run(helm, [...args, `--values=${values}`], {
    env: { KUBECONFIG: cluster.kubeconfig, HOME: folder },
  });
  if (exitCode !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  const parts = await ensureParts([...clusterParts, 'helm']);
  cluster = await startCluster({ parts, nodes: ['node-a', 'node-b'], directory: folder });
  const chartFolder = join(folder, 'charts');
  mkdirSync(chartFolder);
  charts = await startChartRepository(parts.helm, chartFolder);
  await synthesize(folder, 'system', [[['deploy'], { chartRepository: charts.url }]]);
  environment = {
    PATH: [dirname(parts.kubectl), dirname(parts.helm), process.env['PATH']].join(delimiter),
    HOME: folder,
    KUBECONFIG: cluster.kubeconfig,
  };
});

afterAll(async () => {
  await charts?.close();
  await cluster?.stop();
  remove();
});

describe('the preflight of an empty cluster', () => {
  test('names the kinds that it does not know, and what brings them', async () => {
    const { problems } = await preflight(secrets);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /the cluster does not serve the kind Middleware of traefik.io\/v1alpha1, which .*40-ingress.yaml uses/,
      ),
    ]);
    await installExampleCrds(cluster);
  });

  test('asks for nothing but the secrets', async () => {
    const { codes, problems } = await preflight();
    expect(new Set(codes)).toEqual(new Set(['deploy/no-secret-value']));
    expect(problems.map(({ suggestion }) => suggestion)).toEqual(
      ['OPENAI_API_KEY', 'CX_RUM_API_KEY', 'DB_PASSWORD', 'PRIVATE_KEY'].map(
        (key) => `run: read -rs ${key} && export ${key}`,
      ),
    );
  });

  test('finds nothing when they are given', async () => {
    const { problems, notes } = await preflight(secrets);
    expect(problems).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/until the Secret is created: kubectl create secret tls dataprime-demo-tls/),
    ]);
  });

  test('tells of a key with quotation marks, and does not show it', async () => {
    const { problems } = await preflight({ ...secrets, PRIVATE_KEY: `"${secrets.PRIVATE_KEY}"` });
    expect(problems.map(({ message }) => message)).toEqual([
      'the value of PRIVATE_KEY in the environment has quotation marks around it and would be rejected',
    ]);
  });
});

describe('the preflight of a user with fewer rights', () => {
  /** The server learns of roles and bindings a moment after they are written. */
  const mayPatch = (all: boolean) =>
    waitFor('the rights', async () => {
      const may = async (kind: string) => {
        const ask = ['auth', 'can-i', 'patch', kind, `--namespace=${namespace}`];
        return (await cluster.kubectl([...ask, '--as=system:serviceaccount:default:deployer'])).exitCode === 0;
      };
      return ((await may('deployments.apps')) && (await may('statefulsets.apps')) === all) || undefined;
    });

  test('names exactly the one that is missing, and the role that gives it', async () => {
    await succeed(cluster.kubectl, ['create', 'serviceaccount', 'deployer', '--namespace=default']);
    await create(roleWithout('statefulsets', 'patch'));
    const binding = ['--clusterrole=deployer', '--serviceaccount=default:deployer'];
    await succeed(cluster.kubectl, ['create', 'clusterrolebinding', 'deployer', ...binding]);
    const KUBECONFIG = await cluster.kubeconfigOf({ namespace: 'default', name: 'deployer' });
    await mayPatch(false);
    const { problems } = await preflight({ ...secrets, KUBECONFIG }, { steps: ['secrets', 'apply'] });
    expect(problems).toMatchObject([
      {
        code: 'deploy/missing-permission',
        message: `system:serviceaccount:default:deployer has no permission to patch statefulsets.apps in the namespace ${namespace}`,
        suggestion: `ask a cluster administrator to save these lines as podhost-dataprime-demo-${namespace}.yaml and to run: kubectl auth reconcile --filename=podhost-dataprime-demo-${namespace}.yaml`,
      },
    ]);
  });

  test('is content when an administrator has run that', async () => {
    const KUBECONFIG = await cluster.kubeconfigOf({ namespace: 'default', name: 'deployer' });
    const ask = () => preflight({ ...secrets, KUBECONFIG }, { steps: ['secrets', 'apply'] });
    const [problem] = (await ask()).problems;
    const file = join(folder, 'role.yaml');
    writeFileSync(file, (problem?.details ?? []).join('\n'));
    // The namespace is created with the role.
    await succeed(cluster.kubectl, ['auth', 'reconcile', `--filename=${file}`]);
    await succeed(cluster.kubectl, ['auth', 'reconcile', `--filename=${file}`]);
    await mayPatch(true);
    expect((await ask()).problems).toEqual([]);
  });
});

describe('the preflight of a cluster in use', () => {
  test('names a pod that holds a port of the agent', async () => {
    await create(portHolder);
    await succeed(cluster.kubectl, [
      'wait',
      '--for=condition=Ready',
      'pod/relay',
      '--namespace=default',
      '--timeout=30s',
    ]);
    const { problems } = await preflight(secrets);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the pod relay in default uses the host port 4317 of node-[ab], which the agent needs$/),
    ]);
    await succeed(cluster.kubectl, ['delete', 'pod', 'relay', '--namespace=default']);
  });

  test('names objects of others, and a namespace that is too strict', async () => {
    await succeed(cluster.kubectl, [
      'create',
      'configmap',
      'dataprime-config',
      `--namespace=${namespace}`,
      '--from-literal=A=b',
    ]);
    await succeed(cluster.kubectl, ['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted']);
    const { codes, problems } = await preflight(secrets);
    expect(codes).toEqual(['deploy/pod-security', 'deploy/foreign-object']);
    expect(problems[1]?.message).toBe(
      `configmap/dataprime-config in ${namespace} exists and does not belong to this system: it was written by kubectl-create`,
    );
    await succeed(cluster.kubectl, ['delete', 'configmap', 'dataprime-config', `--namespace=${namespace}`]);
    const [command = ''] = (problems[0]?.suggestion ?? '').replace('run: kubectl ', '').split('; ');
    await succeed(cluster.kubectl, command.split(' '));
    await succeed(cluster.kubectl, ['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce-']);
  });
});

describe('an earlier installation', () => {
  beforeAll(async () => {
    await install('coralogix-otel', namespace);
    await create(...legacyCollector);
  });

  test('is named, each part once', async () => {
    const { codes, problems } = await preflight(secrets);
    expect(codes).toEqual(['deploy/legacy-release', 'deploy/legacy-collector']);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^the Helm release coralogix-otel in ${namespace} is a legacy installation of the collector: daemonset.apps/coralogix-opentelemetry-agent, deployment.apps/coralogix-opentelemetry-collector, service/coralogix-opentelemetry$`,
        ),
      ),
      'daemonset.apps/otel-collector in observability is a legacy collector that no tool manages; its other objects: service/otel-collector, configmap/otel-collector-config, serviceaccount/otel-collector, clusterrolebinding.rbac.authorization.k8s.io/otel-collector, clusterrole.rbac.authorization.k8s.io/otel-collector',
    ]);
  });

  test('is no problem when it is going to be removed', async () => {
    const { problems, notes } = await preflight(secrets, { migrate: true });
    expect(problems).toEqual([]);
    expect(notes.filter((note) => note.startsWith('will be removed'))).toHaveLength(2);
  });

  test('is removed, and nothing else', async () => {
    const kinds = 'daemonsets,deployments,services,configmaps,serviceaccounts,clusterroles,clusterrolebindings,secrets';
    const before = await names(kinds);
    const reporter = new PlainReporter(() => {});
    const deployment = context();
    for (const action of await removeLegacy(deployment)) await runAction(action, deployment, reporter);
    const after = await waitFor('objects', () => names(kinds));
    expect(before.filter((name) => !after.includes(name)).sort()).toEqual([
      'clusterrole.rbac.authorization.k8s.io/otel-collector',
      'clusterrolebinding.rbac.authorization.k8s.io/otel-collector',
      'configmap/coralogix-opentelemetry-agent',
      'configmap/otel-collector-config',
      'daemonset.apps/coralogix-opentelemetry-agent',
      'daemonset.apps/otel-collector',
      'deployment.apps/coralogix-opentelemetry-collector',
      'secret/sh.helm.release.v1.coralogix-otel.v1',
      'service/coralogix-opentelemetry',
      'service/otel-collector',
      'serviceaccount/otel-collector',
    ]);
    expect((await preflight(secrets)).problems).toEqual([]);
    expect(await removeLegacy(deployment)).toEqual([]);
  });
});

describe('the preflight of a system that runs', () => {
  test('finds nothing', async () => {
    const apply = ['apply', '--server-side', '--field-manager=podhost', `--filename=${join(folder, 'system')}`];
    await succeed(cluster.kubectl, apply);
    await putSecrets(cluster, secrets.PRIVATE_KEY);
    await install('otel-coralogix-integration', exampleSystem.collectorNamespace);
    await rollOut(cluster);
    expect((await preflight()).problems).toEqual([]);
  });

  test('names what somebody has changed, and what can never be changed', async () => {
    const inNamespace = `--namespace=${namespace}`;
    await succeed(cluster.kubectl, ['scale', 'deployment', 'frontend', inNamespace, '--replicas=3']);
    await synthesize(folder, 'system', [
      [['deploy'], { chartRepository: charts.url }],
      [['datastores', 0, 'storage', 'size'], '2Gi'],
    ]);
    const { problems } = await preflight();
    expect(problems.map(({ message }) => message)).toEqual([
      'the list of claim templates of statefulset.apps/redis in dataprime-demo is [ { name: data, size: 1Gi } ] in the cluster and cannot become [ { name: data, size: 2Gi } ]',
      expect.stringMatching(
        /^kubectl has set \.spec\.replicas of deployment.apps\/frontend in dataprime-demo to another value$/,
      ),
    ]);
  });
});

describe('the preflight without a cluster', () => {
  test('names the context that is not there', async () => {
    const KUBECONFIG = join(folder, 'none');
    expect((await preflight({ ...secrets, KUBECONFIG })).codes).toEqual(['deploy/no-cluster']);
  });

  test.each([
    ['a wrong token', { token: 'wrong' }, 'deploy/unauthorized'],
    ['another authority', { certificateAuthority: '/etc/ssl/certs/ca-certificates.crt' }, 'deploy/certificate-unknown'],
    ['a name without an address', { server: 'https://k3s.invalid:6443' }, 'deploy/unknown-cluster-name'],
    ['an address that does not use TLS', { server: () => charts.url.replace('http:', 'https:') }, 'deploy/not-tls'],
  ])('tells %s from others', async (_, change, code) => {
    const admin = kubeconfig.parse(JSON.parse(readFileSync(cluster.kubeconfig, 'utf8')));
    const [{ cluster: access }] = admin.clusters;
    const { server = access.server, ...others } = { server: undefined, ...change };
    const KUBECONFIG = writeKubeconfig(join(folder, `${code.replace('/', '-')}.kubeconfig`), {
      certificateAuthority: access['certificate-authority'],
      token: admin.users[0].user.token,
      ...others,
      server: typeof server === 'function' ? server() : server,
    });
    expect((await preflight({ ...secrets, KUBECONFIG })).codes).toEqual([code]);
  });

  test('tells once that nothing listens', async () => {
    const server = restartableServer(cluster);
    await server.kill();
    const { problems } = await preflight();
    expect(problems).toEqual([
      {
        code: 'deploy/cluster-refused',
        message: `the API server at ${new URL(cluster.url).host} refuses connections`,
        suggestion:
          'start it: on k3s, sudo systemctl start k3s; if it stops again: sudo journalctl -u k3s --since -10min',
      },
    ]);
    await server.stop();
  });
});
