import { join } from 'node:path';
import { distObjects } from '../../../run/kube/dist-objects.ts';
import { gitopsFolder } from '../../../run/kube/gitops-folder.ts';
import type { Step } from '../../../run/step.ts';
import { applyAction } from './apply-action.ts';
import { pruneActions } from './prune-actions.ts';
import { rolloutActions } from './rollout.ts';

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
