import { describe, expect, test } from 'vitest';
import { inventory, isEmpty, systemInventoryText } from '../../../lib/deploy/undeploy/inventory.ts';
import { undeploySteps } from '../../../lib/deploy/undeploy/undeploy-steps.ts';
import { type Answer, failed, RecordingRunner } from '../../run/support/recording-runner.ts';
import { testContext } from '../../run/support/test-context.ts';

const list = (...items: readonly object[]) => JSON.stringify({ items });
const object = (apiVersion: string, kind: string, name: string, namespace = 'shop') => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
});
const ours = object('coralogix.com/v1alpha1', 'SLO', 'api-availability');
const others = object('coralogix.com/v1alpha1', 'SLO', 'cart-availability', 'cart');
const namespace = 'coralogix-operator-system';
const release = { name: 'coralogix-operator', chart: 'c', status: 'deployed', revision: '1', updated: '' };

async function shown(answers: Readonly<Record<string, Answer>>, gitops?: object) {
  const runner = new RecordingRunner({
    'kubectl api-resources --api-group=coralogix.com': 'slos.coralogix.com\n',
    'kubectl api-resources': 'slos.coralogix.com\napplications.argoproj.io\n',
    'kubectl get applications.argoproj.io,slos.coralogix.com --namespace=shop': list(ours),
    ...answers,
    'kubectl get customresourcedefinitions':
      'slos.coralogix.com coralogix-operator x \nrulegroups.coralogix.com coralogix-operator x keep\nviews.coralogix.com   \n',
    [`kubectl get Secret --namespace=${namespace}`]: list(
      object('v1', 'Secret', 'coralogix-operator-secret', namespace),
    ),
    'kubectl get Namespace': list({ metadata: { name: 'shop' } }, { metadata: { name: namespace } }),
    'kubectl get': list(),
    [`helm list --all --namespace=${namespace}`]: JSON.stringify([release]),
    'helm list': '[]',
  });
  const context = testContext({ runner, deploy: { operator: { enabled: true } }, ...(gitops && { gitops }) });
  const found = await inventory(context);
  return { found, context, text: systemInventoryText(found, true).split('\n') };
}

describe('the operator', () => {
  test('the operator is removed with its definitions when no other system has objects of its kinds', async () => {
    const { text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': list(ours) });
    expect(text).toContain(`  Helm release coralogix-operator in ${namespace}`);
    expect(text).toContain('  custom resource definitions of the release: slos.coralogix.com');
    expect(text).toContain(`  namespace ${namespace} with everything in it`);
    expect(text).not.toContain('This will be kept:');
  });

  test('stays with its Secret and its namespace when others need it', async () => {
    const { found, text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': list(ours, others) });
    expect(text.slice(-2)).toEqual([
      'This will be kept:',
      `  Helm release coralogix-operator in ${namespace} with its Secret: others need it: slo.coralogix.com/cart-availability in cart`,
    ]);
    expect(found).toMatchObject({ releases: [], definitions: [], secrets: [], namespaces: [{ name: 'shop' }] });
  });

  test('stays when it cannot be seen whether others need it', async () => {
    const { text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': failed('(Forbidden)') });
    expect(text.at(-1)).toContain('this user has no permission to see whether others need it');
  });
});

test('the configuration of a GitOps tool is removed first, because the tool would create the rest again', async () => {
  const application = object('argoproj.io/v1alpha1', 'Application', 'shop', 'argocd');
  const { found, text } = await shown({
    'kubectl get slos.coralogix.com --all-namespaces': list(ours),
    'kubectl get applications.argoproj.io --all-namespaces': list(application),
  });
  expect(text[1]).toBe('  in argocd: application.argoproj.io/shop');
  expect(undeploySteps(found, false).map(({ name }) => name)).toEqual(['gitops', 'objects', 'releases', 'secrets']);
  expect(isEmpty({ ...found, objects: [], releases: [], secrets: [] }, false)).toBe(false);
});

test('Flux is suspended before its Kustomization is deleted', async () => {
  const kustomization = object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'shop', 'flux-system');
  const { found, context } = await shown({
    'kubectl api-resources': 'kustomizations.kustomize.toolkit.fluxcd.io\n',
    'kubectl get kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces': list(kustomization),
  });
  const actions = await undeploySteps(found, false)[0]?.actions(context);
  expect(actions?.flatMap(({ commands }) => commands.map(({ args }) => args.slice(0, 2).join(' ')))).toEqual([
    'patch kustomization.kustomize.toolkit.fluxcd.io/shop',
    'delete kustomization.kustomize.toolkit.fluxcd.io/shop',
  ]);
});

describe('with a GitOps tool', () => {
  const argoCd = { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' };
  const managed = (name: string, annotations = {}) => ({
    ...object('apps/v1', 'DaemonSet', name, 'coralogix'),
    metadata: { name, namespace: 'coralogix', labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations },
  });

  test('what Argo CD has rendered of the chart goes, and nothing that helm has installed or is called otherwise', async () => {
    const rendered = list(
      managed('coralogix-opentelemetry-agent'),
      managed('coralogix-opentelemetry-other', { 'meta.helm.sh/release-name': 'other' }),
      managed('fluent-bit'),
    );
    const { found } = await shown({ 'kubectl get daemonsets.apps,': rendered }, argoCd);
    expect(found.objects.map(({ name }) => name)).toEqual(['api-availability', 'coralogix-opentelemetry-agent']);
  });

  test('helm is not needed for a collector from manifests', async () => {
    const { found } = await shown(
      { 'helm list --all --namespace=coralogix ': failed('helm is not installed') },
      argoCd,
    );
    expect(found.releases.map(({ release: name }) => name)).not.toContain('otel-coralogix-integration');
  });
});
