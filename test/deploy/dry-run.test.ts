import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checkReachability } from '../../lib/deploy/preflight/reachability.ts';
import { deploySteps } from '../../lib/deploy/steps/index.ts';
import { stepNames } from '../../lib/run/context.ts';
import { planSteps } from '../../lib/run/plan.ts';
import { scriptOf } from '../../lib/run/script.ts';
import { failed, RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { spec: { containers: [{ image: registry.example.com/web:1, env: [{ valueFrom: { secretKeyRef: { name: shop-secrets } } }] }] } } }
`;
const dist = {
  '00-namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  '30-web.yaml': web,
  'helm/coralogix-infra-values.yaml': 'global: { domain: eu2.coralogix.com }\n',
};
const deploy = {
  host: 'eva@vm',
  k3s: { version: 'v1.34.4+k3s1' },
  compose: { project: 'old' },
  images: { folder: '/opt/shop' },
  operator: { enabled: true },
};

async function scriptWith(runner: RecordingRunner, migrate = true) {
  const context = { ...testContext({ runner, deploy, dist }), migrate };
  const { context: answering, reasons } = await checkReachability(context, stepNames);
  return scriptOf(await planSteps(deploySteps, answering), { name: 'shop', host: 'eva@vm', reasons });
}

const nothingThere = {
  kubectl: failed('kubectl is not installed, or not on the PATH'),
  helm: failed('helm is not installed, or not on the PATH'),
  true: failed('ssh: Could not resolve hostname vm: Name or service not known', 255),
  'ssh -G': 'hostname vm\n',
};

test('where nothing answers, every step is printed as to be done, and the reasons are printed once', async () => {
  const script = await scriptWith(new RecordingRunner(nothingThere));
  const lines = script.split('\n');
  const commands = lines
    .filter((line) => !line.startsWith('#') && line !== '')
    .map((line) => line.replace(/^.* \| /, '').replace(/^(\S+ (\S+ )?\S+).*$/, '$1'));
  expect(commands.filter((line) => /^(kubectl|helm|ssh)/.test(line))).toEqual([
    // k3s: fetched, checked, run, and its kubeconfig; images; the compose project in between.
    ...['ssh -- eva@vm', 'ssh -- eva@vm', 'ssh -- eva@vm', 'ssh -- eva@vm'],
    ...['ssh -- eva@vm', 'ssh -- eva@vm', 'ssh -- eva@vm', 'ssh -- eva@vm'],
    ...['kubectl apply --server-side', 'kubectl apply --server-side'],
    ...['kubectl apply --server-side', 'kubectl apply --server-side', 'kubectl apply --server-side'],
    ...['helm upgrade --install', 'helm upgrade --install'],
    ...['kubectl apply --server-side', 'kubectl rollout status'],
    ...['kubectl rollout restart', 'kubectl rollout status'],
  ]);
  expect(lines.filter((line) => line.startsWith('# The current state is unknown'))).toEqual(
    [
      'kubectl is not installed, or not on the PATH',
      'helm is not installed, or not on the PATH',
      'the host name vm does not resolve',
    ].map((reason) => `# The current state is unknown, so every command is printed: ${reason}`),
  );
  expect(script).not.toContain('A deployment would fail here: kubectl');
  execFileSync('sh', ['-n'], { input: script });
});

test('the reason for a single unknown state is printed beside its action', async () => {
  const script = await scriptWith(
    new RecordingRunner({
      'kubectl version': '{"clientVersion":{"gitVersion":"v1.34.4"}}',
      'helm version': 'v3.18.0',
      'helm list': '[]',
      'kubectl get secret shop-secrets': failed('Error from server (Forbidden): secrets "shop-secrets" is forbidden'),
      'kubectl api-resources': 'pods',
      'kubectl get secret': '',
      kubectl: '{"items":[]}',
    }),
    false,
  );
  expect(script).not.toContain('so that all is to be done');
  expect(script).toContain(
    '# Secret shop-secrets in shop\n# The current state is unknown: Error from server (Forbidden): secrets "shop-secrets" is forbidden\nprintf',
  );
});
