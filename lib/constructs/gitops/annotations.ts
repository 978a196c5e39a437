import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

const syncWave = 'argocd.argoproj.io/sync-wave';

/**
 * Lets Argo CD apply one group of files after the other, by the number that a chart's id begins with.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function addSyncWaves(scope: Construct): void {
  for (const construct of scope.node.findAll()) {
    if (construct instanceof ApiObject) {
      const [number] = /^\d+/.exec(Chart.of(construct).node.id) ?? [];
      if (number !== undefined) {
        construct.metadata.addAnnotation(syncWave, String(Number(number)));
      }
    }
  }
}

/** Objects whose deletion loses data. */
export const dataKinds = ['Namespace', 'PersistentVolumeClaim'];

/** Has a GitOps tool leave objects of some kinds in the cluster when they are in git no more. */
export function keepFromPruning(
  scope: Construct,
  kinds: readonly string[],
  [annotation, value]: readonly [name: string, value: string],
): void {
  for (const construct of scope.node.findAll()) {
    if (construct instanceof ApiObject && kinds.includes(construct.kind)) {
      construct.metadata.addAnnotation(annotation, value);
    }
  }
}

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources */
export const keptByArgoCd = ['argocd.argoproj.io/sync-options', 'Prune=false'] as const;

/** @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune */
export const keptByFlux = ['kustomize.toolkit.fluxcd.io/prune', 'disabled'] as const;
