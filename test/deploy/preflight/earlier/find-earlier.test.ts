import { describe, expect, test } from 'vitest';
import { findEarlier } from '../../../../lib/deploy/preflight/earlier/find-earlier.ts';
import { type Answers, type BedProps, bed } from '../answers.ts';
import { object } from './installations.ts';

const find = (answers: Answers, change?: BedProps['change']) =>
  findEarlier(bed({ answers, ...(change && { change }) }).context);
const nothing = { releases: [], handMade: [], otherDelivery: [] };

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

describe('what counts as an earlier installation', () => {
  test('is not the own release', async () => {
    expect(await find(release('otel-coralogix-integration'))).toEqual(nothing);
  });

  test('is a release of another name in the same namespace', async () => {
    expect((await find(release('otel'))).releases).toMatchObject([{ release: 'otel', namespace: 'coralogix' }]);
  });

  test('is the own release when the collector comes as manifests now', async () => {
    expect((await find(release('otel-coralogix-integration'), manifests)).releases).toHaveLength(1);
  });

  test('is not a collector that an operator or another chart made', async () => {
    expect(await find(daemonSet({ 'app.kubernetes.io/managed-by': 'opentelemetry-operator' }))).toEqual(nothing);
    expect(await find(daemonSet({}, { 'meta.helm.sh/release-name': 'tracing' }))).toEqual(nothing);
  });

  test('leaves the default account and its bindings to everybody', async () => {
    const { handMade } = await find(daemonSet({}));
    expect(handMade).toMatchObject([{ daemonSet: { namespace: 'tracing' }, others: [] }]);
  });
});
