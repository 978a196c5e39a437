import { otherKey } from './deployment.ts';
import type { HoldOptions, WatchedBed } from './watched-bed.ts';

/** A call that changes something, and how there comes to be something to change. */
export interface Change extends HoldOptions {
  readonly step: string;
  /** Shell pattern. */
  readonly call: string;
  readonly prepare?: (watched: WatchedBed) => Promise<unknown>;
  /** Takes back what would keep the next run from bringing the cluster to where it was. */
  readonly allow?: (watched: WatchedBed) => Promise<unknown>;
}

const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'dataprime-demo' };

/** What an earlier version of the system would have left. */
export const withLeftOver = (watched: WatchedBed) =>
  watched.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'left-over', namespace: 'dataprime-demo', labels },
  });

const withoutKey = (watched: WatchedBed) =>
  watched.kubectl('delete', 'secret', 'coralogix-keys', '--namespace=coralogix');

/** A Secret that was written after its readers have started. */
export const withChangedSecret = (watched: WatchedBed) =>
  watched.kubectl(
    ...['annotate', 'secret', 'dataprime-secrets', '--namespace=dataprime-demo', '--overwrite'],
    `changed=${performance.now()}`,
  );

/** Every kind of call by which the steps of the cluster change it, and the waits for what that brings. */
export const changes: readonly Change[] = [
  { step: 'secrets', call: 'kubectl create secret*', prepare: withoutKey },
  { step: 'secrets', call: 'kubectl apply * --filename=-', prepare: withoutKey },
  { step: 'secrets', call: 'kubectl patch secret*', environment: { PRIVATE_KEY: otherKey } },
  {
    step: 'collector',
    call: 'helm upgrade*',
    prepare: (watched) => watched.synth([[['clusterName'], 'another']]),
    allow: (watched) => watched.synth(),
  },
  { step: 'apply', call: 'kubectl apply --server-side * --filename=/*' },
  { step: 'apply', call: 'kubectl delete --filename=-*', prepare: withLeftOver },
  { step: 'apply', call: 'kubectl get --filename=-*', prepare: withLeftOver },
  {
    step: 'apply',
    call: 'kubectl rollout status*',
    prepare: async (watched) => {
      await watched.kubectl('cordon', 'node-a', 'node-b');
      await watched.kubectl('delete', 'pods', '--all', '--namespace=dataprime-demo');
    },
    allow: (watched) => watched.kubectl('uncordon', 'node-a', 'node-b'),
  },
  { step: 'restart', call: 'kubectl rollout restart*', prepare: withChangedSecret },
  { step: 'restart', call: 'kubectl rollout status*', prepare: withChangedSecret },
];
