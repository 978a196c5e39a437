import { configName } from '../../../config/config-files.ts';
import type { Problem } from '../../../problems/problem.ts';
import { resourceName } from '../../../run/kube/objects.ts';
import { hasSystemLabels, labelArguments } from '../../../run/kube/system-objects.ts';
import { operand, sh } from '../../../text/shell.ts';
import type { ExistingObject, OwnedObject } from '../../preflight/existing-objects.ts';
import type { Check, PreflightContext } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';

/** Checks that no existing object belongs to another owner. */
export const foreignObjectsCheck: Check = {
  name: 'existing objects',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run(preflight) {
    const objects = await preflight.unreportedObjects();
    const problems = objects.filter((it) => isForeign(it, preflight)).map((it) => problemOf(it, preflight));
    return { problems };
  },
};

/** Whether an object has another owner. An existing namespace is used and kept. */
const isForeign = ({ manifest, live }: ExistingObject, { scope }: PreflightContext): boolean =>
  manifest.kind !== 'Namespace' && !hasSystemLabels(scope.config, live.metadata);

function problemOf({ manifest, live }: ExistingObject, { scope, context }: PreflightContext): Problem {
  const name = resourceName(manifest);
  const { namespace } = live.metadata;
  const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const diff = sh`kubectl diff --server-side --filename=${operand(manifest.place().file)}`;
  const label = sh`kubectl label ${name} ${where} ${labelArguments(scope.config)} --overwrite`;
  return {
    code: 'deploy/foreign-object',
    message: `${name}${namespace === undefined ? '' : ` in ${namespace}`} exists and does not belong to this system: ${ownerOf(live)}`,
    suggestion: `compare: ${diff}; to let this system take it over: ${label}; otherwise rename the object in ${configName(context.configFile)}`,
  };
}

/** Describes the owner or the field managers of an object. */
function ownerOf({ metadata: { labels, annotations, managedFields } }: OwnedObject): string {
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined) {
    return `it is managed by the Helm release ${release} in ${annotations['meta.helm.sh/release-namespace']}`;
  }
  const manager = labels['app.kubernetes.io/managed-by'];
  const system = labels['app.kubernetes.io/part-of'];
  if (manager !== undefined) {
    return `it is managed by ${manager}${system === undefined ? '' : `, as part of ${system}`}`;
  }
  const writers = managedFields.filter(({ subresource }) => subresource === undefined).map((it) => it.manager);
  return `it was written by ${[...new Set(writers)].join(', ') || 'an unknown manager'}`;
}
