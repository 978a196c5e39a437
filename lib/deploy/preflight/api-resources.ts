import { PodhostError } from '../../problems/podhost-error.ts';
import type { DeployContext } from '../../run/context.ts';
import { groupOf } from '../../run/kube/objects.ts';
import { commandProblem } from '../../run/kube/read.ts';

/** A kind as the server offers it. */
export interface ApiResource {
  /** In the plural, as paths and rights name it. */
  readonly resource: string;
  readonly group: string;
  /** The version that the server prefers. */
  readonly version: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
}

/** All kinds of a cluster. */
export interface ApiResources {
  /** What the server says of groups whose own server does not answer. */
  readonly incomplete: string | undefined;
  readonly all: readonly ApiResource[];
  /** The kind of an object; undefined when the cluster does not know it. */
  of(object: { readonly apiVersion: string; readonly kind: string }): ApiResource | undefined;
}

/** `deployments.apps`, as kubectl takes it. */
export const qualified = ({ resource, group }: Pick<ApiResource, 'resource' | 'group'>): string =>
  group === '' ? resource : `${resource}.${group}`;

/** @throws PodhostError when the cluster does not answer */
export async function apiResources({ runner, kubectl }: DeployContext): Promise<ApiResources> {
  // There is no list as JSON in every kubectl that is in use.
  const command = kubectl(['api-resources', '--no-headers']);
  const result = await runner.run(command);
  const all = result.stdout.split('\n').flatMap(parseLine);
  if (all.length === 0) {
    throw new PodhostError([commandProblem(command, result)], 3);
  }
  const known = new Map(all.map((resource) => [`${resource.group} ${resource.kind}`, resource]));
  return {
    all,
    incomplete: result.exitStatus === 0 ? undefined : result.stderr.trim().split('\n').at(-1),
    of: ({ apiVersion, kind }) => known.get(`${groupOf(apiVersion)} ${kind}`),
  };
}

/** `NAME [SHORTNAMES] APIVERSION NAMESPACED KIND`, in columns. */
function parseLine(line: string): ApiResource[] {
  const words = line.trim().split(/\s+/);
  const [resource] = words;
  const [apiVersion, isNamespaced, kind] = words.slice(-3);
  if (words.length < 4 || resource === undefined || apiVersion === undefined || kind === undefined) {
    return [];
  }
  const group = groupOf(apiVersion);
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
  return [{ resource, group, version, kind, isNamespaced: isNamespaced === 'true' }];
}
