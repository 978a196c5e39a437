import { describe, expect, test } from 'vitest';
import { argoCdDelivery } from '../../lib/gitops/argo-cd.ts';
import { type Answer, failed } from '../run/support/recording-runner.ts';
import { gitopsContext, items } from './support/gitops-contexts.ts';
import { said } from './support/said.ts';

const source = { repoURL: 'https://git.example.com/shop.git', path: 'dist', directory: { recurse: true } };
const compared = { source: { ...source, directory: { recurse: true, jsonnet: {} } } };
const application = (name: string, status?: object) => ({
  metadata: { name, namespace: 'argocd' },
  spec: { source },
  ...(status === undefined ? {} : { status }),
});
const delivered = { sync: { status: 'Synced', comparedTo: compared }, health: { status: 'Healthy' } };
const collector = application('shop-collector', delivered);

const look = (answer: Answer) =>
  said(argoCdDelivery(gitopsContext('argo-cd', { 'kubectl get applications.argoproj.io --namespace=argocd': answer })));
const lookAt = (status?: object) => look(items(application('shop', status), collector));

describe('Argo CD', () => {
  test('has delivered the system when all of its Applications are synced and healthy', async () => {
    expect(await lookAt(delivered)).toBe('shop and shop-collector synced and healthy');
  });

  test('has not when one is neither, and says why', async () => {
    const conditions = [{ type: 'ComparisonError', message: 'dist: app path\ndoes not exist' }];
    expect(await lookAt({ sync: { status: 'Unknown' }, health: { status: 'Healthy' }, conditions })).toBe(
      'the Application shop is Unknown and Healthy: ComparisonError: dist: app path does not exist, run: kubectl describe applications.argoproj.io shop --namespace argocd',
    );
  });

  test('has not when a sync has failed, or what it has made does not run', async () => {
    const operationState = { phase: 'Failed', message: 'one or more objects failed to apply' };
    expect(await lookAt({ sync: { status: 'OutOfSync' }, health: { status: 'Missing' }, operationState })).toContain(
      'the Application shop is OutOfSync and Missing: one or more objects failed to apply,',
    );
    const succeeded = { phase: 'Succeeded', message: 'successfully synced' };
    expect(await lookAt({ ...delivered, health: { status: 'Degraded' }, operationState: succeeded })).toContain(
      'the Application shop is Synced and Degraded,',
    );
  });

  test('Argo CD has not delivered while it reports no status or an older change', async () => {
    expect(await lookAt()).toContain('the Application shop is Unknown and Unknown,');
    const old = { ...delivered, sync: { status: 'Synced', comparedTo: { source: { ...source, path: 'old' } } } };
    expect(await lookAt(old)).toContain('Argo CD has not noticed the change of the Application shop');
  });

  test('Argo CD has not delivered when an Application is missing', async () => {
    expect(await look(items(application('shop', delivered)))).toContain(
      'the Application shop-collector is missing in argocd, so the GitOps tool does not deliver it',
    );
  });

  test('Argo CD is not verified when it is not installed or without permission', async () => {
    const unknown = `error: the server doesn't have a resource type "applications"`;
    expect(await look(failed(unknown))).toMatch(/^not verified: the server doesn't have/);
    const forbidden = 'Error from server (Forbidden): applications.argoproj.io is forbidden: User "anna" cannot list';
    expect(await look(failed(forbidden))).toMatch(/^not verified: applications.argoproj.io is forbidden/);
  });
});
