import { describe, expect, test } from 'vitest';
import { fluxDelivery } from '../../lib/gitops/flux.ts';
import { gitopsContext, items } from './support/gitops-contexts.ts';
import { said } from './support/said.ts';

const object = (name: string, status?: object) => ({
  metadata: { name, namespace: 'flux-system', generation: 2 },
  ...(status === undefined ? {} : { status }),
});
const ready = (status: string, message = '', generation = 2) => ({
  observedGeneration: 2,
  conditions: [{ type: 'Ready', status, message, observedGeneration: generation }],
});

const look = (kustomization?: object, release: object = ready('True')) =>
  said(
    fluxDelivery(
      gitopsContext('flux', {
        'kubectl get kustomizations.kustomize.toolkit.fluxcd.io --namespace=flux-system': items(
          object('shop', kustomization),
        ),
        'kubectl get helmreleases.helm.toolkit.fluxcd.io --namespace=flux-system': items(object('otel', release)),
      }),
    ),
  );

describe('Flux', () => {
  test('has delivered the system when its Kustomization and HelmRelease are ready', async () => {
    expect(await look(ready('True'))).toBe('Kustomization shop and HelmRelease otel ready');
  });

  test('has not when one is not ready, and says why', async () => {
    expect(await look(ready('False', 'kustomization path not found: ./dist'))).toBe(
      'the Kustomization shop is not ready: kustomization path not found: ./dist, run: kubectl describe kustomizations.kustomize.toolkit.fluxcd.io shop --namespace flux-system',
    );
    // A release that fails is observed when it is ready, and not before.
    const failing = { ...ready('False', 'Helm install failed: timed out'), observedGeneration: 1 };
    expect(await look(ready('True'), failing)).toContain(
      'the HelmRelease otel is not ready: Helm install failed: timed out,',
    );
  });

  test('has not noticed a change as long as it was ready for what was before', async () => {
    const unnoticed = 'the Kustomization shop is not ready: Flux has not noticed the last change,';
    expect(await look()).toContain(unnoticed);
    expect(await look({ ...ready('True'), observedGeneration: 1 })).toContain(unnoticed);
    expect(await look(ready('True', '', 1))).toContain(unnoticed);
    expect(await look(ready('False', 'of before', 1))).toContain(unnoticed);
  });
});
