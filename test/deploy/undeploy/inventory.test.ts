import { describe, expect, test } from 'vitest';
import { inventory } from '../../../lib/deploy/undeploy/inventory.ts';
import { inventoryText, isEmpty } from '../../../lib/deploy/undeploy/inventory-text.ts';
import { undeploySteps } from '../../../lib/deploy/undeploy/undeploy-steps.ts';
import { type Answer, failed, RecordingRunner } from '../support/recording-runner.ts';
import { testContext } from '../support/test-context.ts';

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

async function shown(answers: Readonly<Record<string, Answer>>) {
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
  const found = await inventory(testContext({ runner, deploy: { operator: { enabled: true } } }));
  return { found, text: inventoryText(found, true).split('\n') };
}

describe('the operator', () => {
  test('goes with the kinds that helm takes away, when nobody else has any of their objects', async () => {
    const { text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': list(ours) });
    expect(text).toContain(`  Helm release coralogix-operator in ${namespace}`);
    expect(text).toContain('  definitions that came with it: slos.coralogix.com');
    expect(text).toContain(`  namespace ${namespace} with everything in it`);
    expect(text).not.toContain('This stays:');
  });

  test('stays with its Secret and its namespace when others need it', async () => {
    const { found, text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': list(ours, others) });
    expect(text.slice(-2)).toEqual([
      'This stays:',
      `  Helm release coralogix-operator in ${namespace} with its Secret: others need it: slo.coralogix.com/cart-availability in cart`,
    ]);
    expect(found).toMatchObject({ releases: [], definitions: [], secrets: [], namespaces: [{ name: 'shop' }] });
  });

  test('stays when it cannot be seen whether others need it', async () => {
    const { text } = await shown({ 'kubectl get slos.coralogix.com --all-namespaces': failed('(Forbidden)') });
    expect(text.at(-1)).toContain('whether others need it cannot be seen with these rights');
  });
});

test('what a GitOps tool was told goes first, for the tool would bring back the rest', async () => {
  const application = object('argoproj.io/v1alpha1', 'Application', 'shop', 'argocd');
  const { found, text } = await shown({
    'kubectl get slos.coralogix.com --all-namespaces': list(ours),
    'kubectl get applications.argoproj.io --all-namespaces': list(application),
  });
  expect(text[1]).toBe('  in argocd: application.argoproj.io/shop');
  expect(undeploySteps(found, false).map(({ name }) => name)).toEqual(['gitops', 'objects', 'releases', 'secrets']);
  expect(isEmpty({ ...found, objects: [], releases: [], secrets: [] }, false)).toBe(false);
});
