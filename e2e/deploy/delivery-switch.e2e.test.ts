import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { succeed } from '../cluster/kubectl.ts';
import { waitFor } from '../cluster/wait.ts';
import { ensureParts } from '../parts/ensure.ts';
import { run } from '../parts/process.ts';
import { exampleSystem } from '../support/example-system.ts';
import type { ConfigChange } from '../support/system-config.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type DeployBed, startDeployBed } from './deployment.ts';
import { smallSystem } from './small-system.ts';
import { pods } from './snapshot.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
const { collectorNamespace } = exampleSystem;
const release = 'otel-coralogix-integration';
let bed: DeployBed;

const manifests: ConfigChange = [
  [['collector', 'delivery'], 'manifests'],
  [['collector', 'export'], { type: 'otlp', endpoint: '127.0.0.1:4999', insecure: true }],
];
const k3s: ConfigChange = [[['gitops'], { tool: 'k3s' }]];
const argoCd: ConfigChange = [[['gitops'], { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' }]];

const synth = (change: ConfigChange = []) => bed.synth([...smallSystem, ...change]);
const kubectl = (...args: readonly string[]) => succeed(bed.cluster.kubectl, args);
const names = async (kinds: string, namespace: string = collectorNamespace) =>
  (await kubectl('get', kinds, '--namespace', namespace, '--output=name')).split('\n').filter(Boolean);

/** Runs helm as a person or another tool would. */
async function helm(...args: readonly string[]): Promise<string> {
  const parts = await ensureParts(['helm']);
  const env = { KUBECONFIG: bed.cluster.kubeconfig, HOME: folder };
  const { exitCode, stdout, stderr } = await run(parts.helm, [...args, '--namespace', collectorNamespace], { env });
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** The chart with the values of the system, as tools are told. */
const chart = () => [
  ...['otel-integration', '--version=0.0.331', `--repo=${bed.charts.url}`],
  `--values=${join(folder, 'system', 'helm', 'coralogix-infra-values.yaml')}`,
];

const deploy = (...args: readonly string[]) => bed.run(['deploy', ...args]);
const deployed = async (...args: readonly string[]) => {
  const { status, output } = await deploy(...args);
  expect(output).toContain('Deployed.');
  expect(status).toBe(0);
  return output;
};

/** What the preflight has to say, when nothing was changed by it. */
async function refusal(): Promise<string> {
  const before = await pods(bed.cluster);
  const { status, output } = await deploy();
  expect(output).toContain('\n1 problem\n');
  expect(status).toBe(1);
  expect(await pods(bed.cluster)).toEqual(before);
  return output;
}

/** Runs the commands that a suggestion ends with. */
async function runSuggested(output: string, after: string): Promise<void> {
  const line = output.split('\n').find((it) => it.includes(after)) ?? '';
  const commands = line.slice(line.indexOf(after) + after.length).split('; ');
  for (const command of commands) {
    const { exitCode, stderr } = await run('sh', ['-c', command], {
      env: { KUBECONFIG: bed.cluster.kubeconfig, PATH: await pathOfTools() },
    });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  }
}

async function pathOfTools(): Promise<string> {
  const parts = await ensureParts(['kubectl', 'helm']);
  return [join(parts.kubectl, '..'), join(parts.helm, '..'), process.env['PATH']].join(':');
}

beforeAll(async () => {
  bed = await startDeployBed(folder);
  await synth(manifests);
  await deployed();
});

afterAll(async () => {
  await bed?.stop();
  remove();
});

describe('from manifests to helm', () => {
  test('is refused as long as the manifests are in the way, and works after the commands that are told', async () => {
    await synth();
    const output = await refusal();
    expect(output).toContain(
      'the collector of this system was installed from manifests, and helm cannot adopt its objects: daemonset.apps/coralogix-opentelemetry-agent, ',
    );
    await runSuggested(output, '--migrate; or: ');
    await deployed();
    expect(await helm('list', '--short')).toBe(`${release}\n`);
    expect(await names('daemonsets,deployments,poddisruptionbudgets')).toEqual([
      'daemonset.apps/coralogix-opentelemetry-agent',
      'deployment.apps/coralogix-opentelemetry-collector',
    ]);
  });
});

describe('from helm to manifests', () => {
  test('is refused because of the release alone, and --migrate takes it away', async () => {
    await synth(manifests);
    expect(await refusal()).toContain(
      `the Helm release ${release} in ${collectorNamespace} is a legacy installation of the collector`,
    );
    await deployed('--migrate');
    expect(await helm('list', '--short')).toBe('');
    expect(await names('daemonsets,deployments')).toEqual([
      'daemonset.apps/coralogix-opentelemetry-agent',
      'deployment.apps/coralogix-opentelemetry-cluster',
      'deployment.apps/coralogix-opentelemetry-gateway',
    ]);
  });
});

describe('from manifests to k3s', () => {
  test('takes the manifests away with --migrate, and tells k3s of the chart', async () => {
    await synth(k3s);
    await deployed('--migrate', '--skip', 'verify');
    expect(await names('helmcharts', 'kube-system')).toEqual([`helmchart.helm.cattle.io/${release}`]);
    expect(await names('daemonsets,deployments')).toEqual([]);
  });
});

describe('from k3s to helm', () => {
  test('is refused, since k3s would uninstall what it has installed, and --migrate loses no pod', async () => {
    // What the controller of k3s does with it.
    await helm('upgrade', '--install', release, ...chart(), '--wait');
    const finalizers = { metadata: { finalizers: ['wrangler.cattle.io/on-helm-chart-remove'] } };
    const patch = ['--type=merge', `--patch=${JSON.stringify(finalizers)}`];
    await kubectl('patch', 'helmchart', release, '--namespace=kube-system', ...patch);
    await synth();
    expect(await refusal()).toContain(
      `a GitOps tool still manages this system, but the manifests no longer configure it: helmchart.helm.cattle.io/${release} in kube-system`,
    );
    const before = await pods(bed.cluster);
    const output = await deployed('--migrate');
    expect(output).toContain(
      `Helm release ${release} of otel-integration 0.0.331 in coralogix: up to date, revision 1`,
    );
    expect(await pods(bed.cluster)).toEqual(before);
    expect(await names('helmcharts', 'kube-system')).toEqual([]);
  });
});

describe('from helm to Argo CD and back', () => {
  test('leaves the collector as it is, and loses no pod', async () => {
    await kubectl('create', 'namespace', 'argocd');
    const before = await pods(bed.cluster);
    await synth(argoCd);
    await deployed('--skip', 'verify');
    expect(await names('applications', 'argocd')).toEqual([
      'application.argoproj.io/dataprime-demo',
      'application.argoproj.io/dataprime-demo-collector',
    ]);
    await synth();
    const output = await refusal();
    expect(output).toContain('application.argoproj.io/dataprime-demo in argocd');
    await runSuggested(output, 'keep everything that it has installed: ');
    await deployed();
    expect(await names('applications', 'argocd')).toEqual([]);
    expect(await pods(bed.cluster)).toEqual(before);
  });

  test('has nothing to bring back what undeploy takes away, and leaves nothing of the chart', async () => {
    await synth(argoCd);
    await deployed('--skip', 'verify');
    // What Argo CD makes of it, which is no release.
    await helm('uninstall', release, '--wait');
    const input = await helm('template', release, ...chart());
    await succeed(bed.cluster.kubectl, ['apply', '--server-side', '--filename=-'], { input });
    const { status, output } = await bed.run(['undeploy', '--yes']);
    expect(output).toContain('in argocd: application.argoproj.io/dataprime-demo');
    expect(status).toBe(0);
    expect(await names('applications', 'argocd')).toEqual([]);
    expect(await names('daemonsets,deployments,services,serviceaccounts')).toEqual(['serviceaccount/default']);
    expect(await kubectl('get', 'clusterroles,clusterrolebindings', '--output=name')).not.toContain('opentelemetry');
    await waitFor('the end of all pods', async () => (await pods(bed.cluster)).size === 0 || undefined);
  });
});
