import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLegacy } from '../../../../lib/deploy/steps/collector/legacy.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { type Answers, type BedProps, bed } from '../../preflight/answers.ts';
import { object } from './installations.ts';

const find = (answers: Answers, change?: BedProps['change']) =>
  findLegacy(bed({ answers, ...(change && { change }) }).context);
const nothing = { releases: [], legacyCollectors: [], otherDelivery: [], otherGitops: [] };

const argoCd = {
  tool: 'argo-cd',
  repository: 'https://git.example.com/shop.git',
  revision: 'HEAD',
  path: 'dist',
  namespace: 'argocd',
  project: 'default',
} as const;

const inCollector = 'kubectl get daemonsets.apps,deployments.apps,services --namespace=coralogix';
const release = (name: string) => ({
  [inCollector]: {
    items: [
      {
        ...object('DaemonSet', 'coralogix-opentelemetry-agent', 'coralogix', {}, 'apps/v1'),
        metadata: {
          name: 'coralogix-opentelemetry-agent',
          namespace: 'coralogix',
          annotations: { 'meta.helm.sh/release-name': name },
        },
      },
    ],
  },
});

const manifests: BedProps['change'] = (config) => ({
  ...config,
  collector: { ...config.collector, delivery: 'manifests' },
});

const daemonSet = (labels: object, annotations: object = {}) => ({
  'kubectl get daemonsets.apps --all-namespaces': {
    items: [
      {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'otel-collector', namespace: 'tracing', labels, annotations },
        spec: { template: { spec: {} } },
      },
    ],
  },
});

describe('what counts as a legacy installation', () => {
  test('is not the own release', async () => {
    expect(await find(release('otel-coralogix-integration'))).toEqual(nothing);
  });

  test('is a release of another name in the same namespace', async () => {
    expect((await find(release('otel'))).releases).toMatchObject([{ release: 'otel', namespace: 'coralogix' }]);
  });

  test('is the own release when the collector comes as manifests now', async () => {
    expect((await find(release('otel-coralogix-integration'), manifests)).releases).toHaveLength(1);
  });

  test('is what Argo CD has rendered of the chart, once Argo CD is not to do that any more', async () => {
    const metadata = {
      name: 'coralogix-opentelemetry-agent',
      namespace: 'coralogix',
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    };
    const items = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata }];
    const answers = {
      'kubectl get daemonsets.apps,deployments.apps,services,configmaps,serviceaccounts --namespace=coralogix': {
        items,
      },
    };
    expect((await find(answers)).otherDelivery).toMatchObject([{ kind: 'DaemonSet', name: metadata.name }]);
    expect((await find(answers, (config) => ({ ...config, gitops: argoCd }))).otherDelivery).toEqual([]);
  });

  test('the configuration of a GitOps tool is legacy unless the manifests contain it', async () => {
    const application = object('Application', 'dataprime-demo', 'argocd', {}, 'argoproj.io/v1alpha1');
    const answers = {
      'kubectl api-resources --output=name': 'applications.argoproj.io\nservices\n',
      'kubectl get applications.argoproj.io --all-namespaces': { items: [application] },
    };
    expect((await find(answers)).otherGitops).toMatchObject([{ kind: 'Application', namespace: 'argocd' }]);
    const dist = mkdtempSync(join(temporaryFolder(), 'dist-'));
    mkdirSync(join(dist, 'argo-cd'));
    writeFileSync(join(dist, 'argo-cd', 'applications.yaml'), JSON.stringify(application));
    const { context } = bed({ answers, dist, change: (config) => ({ ...config, gitops: argoCd }) });
    expect((await findLegacy(context)).otherGitops).toEqual([]);
  });

  test('is not a collector that an operator or another chart made', async () => {
    expect(await find(daemonSet({ 'app.kubernetes.io/managed-by': 'opentelemetry-operator' }))).toEqual(nothing);
    expect(await find(daemonSet({}, { 'meta.helm.sh/release-name': 'tracing' }))).toEqual(nothing);
  });

  test('leaves the default account and its bindings to everybody', async () => {
    const { legacyCollectors } = await find(daemonSet({}));
    expect(legacyCollectors).toMatchObject([{ daemonSet: { namespace: 'tracing' }, others: [] }]);
  });
});
