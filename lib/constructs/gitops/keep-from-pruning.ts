import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

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
