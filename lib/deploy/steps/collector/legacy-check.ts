import { podhost } from '../../../command-name.ts';
import { letGoCommands } from '../../../gitops/objects.ts';
import type { Problem } from '../../../problems/problem.ts';
import { commandLine } from '../../../run/command/shell-line.ts';
import type { DeployContext } from '../../../run/context.ts';
import { type ObjectName, resourceName } from '../../../run/kube/objects.ts';
import { joined, operand, run, type ShellText, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/check.ts';
import type { EarlierRelease, HandMade } from './legacy.ts';

/** No earlier collector is in the way, or it is going to be removed. */
export const earlierCheck: Check = {
  name: 'an earlier installation',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply'),
  async look(inquiry) {
    const { scope, context } = inquiry;
    const { releases, handMade, otherDelivery, otherGitops } = await inquiry.left;
    const found = [
      ...(otherGitops.length === 0 ? [] : [otherGitopsProblem(otherGitops, context)]),
      ...releases.map((release) => releaseProblem(release, context.configFile)),
      ...handMade.map((it) => handMadeProblem(it, context.configFile)),
      ...(otherDelivery.length === 0 ? [] : [otherDeliveryProblem(otherDelivery, context.configFile)]),
    ];
    if (!scope.migrate || !runs(scope, 'collector')) {
      return { problems: found };
    }
    if (releases.length > 0) {
      // Asked for here as well, because a collector of manifests needs no helm.
      await inquiry.has('helm');
    }
    return { notes: found.map(({ message }) => `is going to be removed: ${message}`) };
  },
};

function releaseProblem({ release, namespace, objects }: EarlierRelease, config: string): Problem {
  return {
    code: 'deploy/earlier-release',
    message: `the Helm release ${release} in ${namespace} is an earlier installation of the collector: ${objects.map(resourceName).join(', ')}`,
    suggestion: `${run(migration(config))}; or: ${sh`helm uninstall ${release} --namespace=${namespace} --wait`}`,
  };
}

function handMadeProblem({ daemonSet, others }: HandMade, config: string): Problem {
  return {
    code: 'deploy/earlier-collector',
    message: `${resourceName(daemonSet)} in ${daemonSet.namespace} is a collector made by hand; with it came ${others.map(resourceName).join(', ') || 'nothing else'}`,
    suggestion: `${run(migration(config))}; or: ${deleted([daemonSet, ...others])}`,
  };
}

function otherGitopsProblem(objects: readonly ObjectName[], context: DeployContext): Problem {
  const lines = objects.flatMap((object) => letGoCommands(context, object)).map((it) => commandLine(it));
  return {
    code: 'deploy/other-gitops',
    message: `a GitOps tool was told to keep this system, and is told so no more: ${objects.map((it) => `${resourceName(it)} in ${it.namespace}`).join(', ')}`,
    suggestion: `${run(migration(context.configFile))}; or have it forget that without taking anything away: ${joined(lines, '; ')}`,
  };
}

const otherDeliveryProblem = (objects: readonly ObjectName[], config: string): Problem => ({
  code: 'deploy/other-delivery',
  message: `this system had its collector as manifests, and helm takes over nothing that it has not made: ${objects.map(resourceName).join(', ')}`,
  suggestion: `${run(migration(config))}; or: ${deleted(objects)}`,
});

const migration = (config: string): ShellText => sh`${podhost} deploy --config ${operand(config)} --migrate`;

/** One command a namespace. */
function deleted(objects: readonly ObjectName[]): ShellText {
  const places = [...new Set(objects.map(({ namespace }) => namespace))];
  const lines = places.map((place) => {
    const names = objects.filter(({ namespace }) => namespace === place).map(resourceName);
    return sh`kubectl delete ${names} ${place === undefined ? [] : [`--namespace=${place}`]}`;
  });
  return joined(lines, '; ');
}
