import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployContext } from '../run/context.ts';
import { distObjects } from '../run/kube/dist-objects.ts';
import { gitopsFolder } from '../run/kube/gitops-folder.ts';
import { identity, type ObjectName } from '../run/kube/objects.ts';
import { gitopsObjects } from './objects.ts';

/**
 * What a GitOps tool was told of this system that nobody tells it now. It would write over what is deployed, and take
 * away all that it has installed once it is told to stop.
 */
export async function findOtherGitops(context: DeployContext): Promise<ObjectName[]> {
  const folder = gitopsFolder(context.config);
  const folders = [context.dist, ...(folder === undefined ? [] : [join(context.dist, folder)])];
  const wanted = new Set(
    folders
      .filter((path) => existsSync(path))
      .flatMap(distObjects)
      .map(identity),
  );
  return (await gitopsObjects(context)).filter((object) => !wanted.has(identity(object)));
}
