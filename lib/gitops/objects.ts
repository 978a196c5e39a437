import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Command } from '../run/command/command.ts';
import type { DeployContext } from '../run/context.ts';
import { distObjects, gitopsFolder, identity, type ObjectName, objectName, resourceName } from '../run/kube/objects.ts';
import { readJson, readObjectText, unlessForbidden } from '../run/kube/read.ts';
import { knownResources, labelSelector } from '../run/kube/system-objects.ts';
import type { Action } from '../run/step.ts';

/** Resources that configure GitOps tools, in the namespaces of the tools. */
const resources = [
  'helmcharts.helm.cattle.io',
  'applications.argoproj.io',
  'kustomizations.kustomize.toolkit.fluxcd.io',
  'helmreleases.helm.toolkit.fluxcd.io',
  'helmrepositories.source.toolkit.fluxcd.io',
];

const listed = z.object({
  items: z.array(
    z.object({
      apiVersion: z.string(),
      kind: z.string(),
      metadata: z.object({ name: z.string(), namespace: z.string(), deletionTimestamp: z.string().optional() }),
    }),
  ),
});

/** Objects of this system that configure any GitOps tool; empty without permission to list them. */
export async function gitopsObjects(context: DeployContext): Promise<ObjectName[]> {
  const known = await knownResources(context);
  const selector = `--selector=${labelSelector(context.config)}`;
  const lists = await Promise.all(
    resources
      .filter((resource) => known.has(resource))
      .map((resource) => {
        const query = context.kubectl(['get', resource, '--all-namespaces', selector, '--output=json']);
        return unlessForbidden(async () => (await readJson(context, query, listed)).items);
      }),
  );
  return lists
    .flat()
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(objectName);
}

/**
 * Objects of this system that configure a GitOps tool and are in no manifest any more. The tool would overwrite the
 * deployment, and deleting the objects normally deletes everything that the tool has installed.
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

/** Deletes an object of a GitOps tool and orphans what the tool has installed. */
export function orphanActions(context: DeployContext, object: ObjectName): Action[] {
  const name = resourceName(object);
  const where = `${name} in ${object.namespace}`;
  const steps = orphanCommands(context, object);
  const last = steps.at(-1);
  // k3s does not confirm the change, so the deletion is a separate action.
  return object.kind !== 'HelmChart' || last === undefined
    ? [{ title: `Delete ${where} and keep what it has installed`, commands: steps }]
    : [
        { title: `Delete ${where} and keep what it has installed`, commands: steps.slice(0, -1) },
        {
          title: `Remove ${where}`,
          upToDate: async () => ((await isThere(context, object)) ? undefined : 'it is gone'),
          afterOthers: true,
          commands: [last],
        },
      ];
}

/** The same as commands for the user. */
export function orphanCommands({ kubectl }: Pick<DeployContext, 'kubectl'>, object: ObjectName): Command[] {
  const place = [resourceName(object), `--namespace=${object.namespace}`];
  const patch = (change: object) => kubectl(['patch', ...place, '--type=merge', `--patch=${JSON.stringify(change)}`]);
  const remove = kubectl(['delete', ...place, '--ignore-not-found'], { timeoutSeconds: 180 });
  switch (object.kind) {
    case 'HelmChart':
      return [
        kubectl(['annotate', ...place, 'helmcharts.helm.cattle.io/unmanaged=true', '--overwrite']),
        kubectl(['delete', ...place, '--ignore-not-found', '--wait=false']),
        patch({ metadata: { finalizers: null } }),
      ];
    case 'Application':
      return [patch({ metadata: { finalizers: null } }), remove];
    case 'HelmRelease':
    case 'Kustomization':
      return [patch({ spec: { suspend: true } }), remove];
    default:
      return [remove];
  }
}

async function isThere(context: DeployContext, object: ObjectName): Promise<boolean> {
  const query = ['get', resourceName(object), `--namespace=${object.namespace}`, '--ignore-not-found', '--output=name'];
  return (await readObjectText(context, context.kubectl(query))).trim() !== '';
}
