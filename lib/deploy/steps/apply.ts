import { join } from 'node:path';
import { applyAction } from '../apply/apply-action.ts';
import { pruneActions } from '../apply/prune-actions.ts';
import { rolloutActions } from '../apply/rollout-actions.ts';
import { distObjects } from '../cluster/dist-objects.ts';
import { gitopsFolder } from '../gitops-folder.ts';
import type { Step } from '../step.ts';

/** Makes the cluster as the manifests say, and waits until all of it runs; or tells a GitOps tool to. */
export const applyStep: Step = {
  name: 'apply',
  title: 'Manifests',
  async actions(context) {
    const folder = gitopsFolder(context.config);
    if (folder !== undefined) {
      const dist = join(context.dist, folder);
      return [applyAction({ ...context, dist }, distObjects(dist).length)];
    }
    const objects = distObjects(context.dist);
    return [
      applyAction(context, objects.length),
      ...(await pruneActions(context, objects)),
      ...rolloutActions(context, objects),
    ];
  },
};
