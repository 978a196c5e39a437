import type { Problem } from '../../../problems/problem.ts';
import { resourceName } from '../../../run/kube/objects.ts';
import { hasSystemLabels, labelArguments } from '../../../run/kube/system-objects.ts';
import { operand, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';
import { runs } from '../../preflight/scope.ts';
import type { LiveTwin, Twins } from './live-twins.ts';

/** No object of the same name is somebody else's. */
export const foreignObjectsCheck: Check = {
  name: 'objects of the same names',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async look(inquiry) {
    const twins = await inquiry.untoldTwins();
    const problems = twins.filter((twin) => isForeign(twin, inquiry)).map((twin) => problemOf(twin, inquiry));
    return { problems };
  },
};

/** A namespace that was there before is used, and left as it is when the system goes. */
const isForeign = ({ manifest, live }: Twins, { scope }: Inquiry): boolean =>
  manifest.kind !== 'Namespace' && !hasSystemLabels(scope.config, live.metadata);

function problemOf({ manifest, live }: Twins, { scope, context }: Inquiry): Problem {
  const name = resourceName(manifest);
  const { namespace } = live.metadata;
  const where = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const diff = sh`kubectl diff --server-side --filename=${operand(manifest.place().file)}`;
  const label = sh`kubectl label ${name} ${where} ${labelArguments(scope.config)} --overwrite`;
  return {
    code: 'deploy/foreign-object',
    message: `${name}${namespace === undefined ? '' : ` in ${namespace}`} is there already and not of this system: ${ownerOf(live)}`,
    suggestion: `look at the difference: ${diff}; to hand it over: ${label}; otherwise rename yours in ${context.configFile}`,
  };
}

/** Who says that it is his, or who wrote it. */
function ownerOf({ metadata: { labels, annotations, managedFields } }: LiveTwin): string {
  const release = annotations['meta.helm.sh/release-name'];
  if (release !== undefined) {
    return `it is of the Helm release ${release} in ${annotations['meta.helm.sh/release-namespace']}`;
  }
  const manager = labels['app.kubernetes.io/managed-by'];
  const system = labels['app.kubernetes.io/part-of'];
  if (manager !== undefined) {
    return `it is managed by ${manager}${system === undefined ? '' : `, as part of ${system}`}`;
  }
  const writers = managedFields.filter(({ subresource }) => subresource === undefined).map((it) => it.manager);
  return `it was written by ${[...new Set(writers)].join(', ') || 'somebody who left no name'}`;
}
