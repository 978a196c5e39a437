import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { distObjects } from '../../cluster/dist-objects.ts';
import { gitopsObjects } from '../../cluster/gitops-objects.ts';
import { identity, type ObjectName } from '../../cluster/object-name.ts';
import type { DeployContext } from '../../deploy-context.ts';
import { gitopsFolder } from '../../gitops-folder.ts';

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
