import { PodhostError } from '../../problems/podhost-error.ts';
import type { DeployContext } from '../../run/context.ts';
import { groupOf } from '../../run/kube/objects.ts';
import { commandProblem } from '../../run/kube/read.ts';

/** A resource of the API server. */
export interface ApiResource {
  /** The plural name, as in URLs and permissions. */
  readonly resource: string;
  readonly group: string;
  /** The version that the server prefers. */
  readonly version: string;
  readonly kind: string;
  readonly isNamespaced: boolean;
}

/** All resources of a cluster. */
export interface ApiResources {
  /** The error for API groups whose server does not answer; undefined when the list is complete. */
  readonly incomplete: string | undefined;
  readonly all: readonly ApiResource[];
  /** The resource of an object; undefined when the cluster does not serve its kind. */
  of(object: { readonly apiVersion: string; readonly kind: string }): ApiResource | undefined;
}

/** Resource and group in the format of kubectl, e.g. `deployments.apps`. */
export const qualified = ({ resource, group }: Pick<ApiResource, 'resource' | 'group'>): string =>
  group === '' ? resource : `${resource}.${group}`;

/** @throws PodhostError when the cluster does not answer */
export async function apiResources({ runner, kubectl }: DeployContext): Promise<ApiResources> {
  // Older versions of kubectl cannot print this list as JSON.
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
