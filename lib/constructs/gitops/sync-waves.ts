import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

const annotation = 'argocd.argoproj.io/sync-wave';

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
        construct.metadata.addAnnotation(annotation, String(Number(number)));
      }
    }
  }
}
