import { podhost } from '../../../command-name.ts';
import { type ConfigFiles, configFlags } from '../../../config/config-files.ts';
import { orphanCommands } from '../../../gitops/objects.ts';
import type { Problem } from '../../../problems/problem.ts';
import { commandLine } from '../../../run/command/shell-line.ts';
import type { DeployContext } from '../../../run/context.ts';
import { type ObjectName, resourceName } from '../../../run/kube/objects.ts';
import { joined, runInstruction, type ShellText, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/preflight-context.ts';
import { runs } from '../../preflight/scope.ts';
import type { LegacyCollector, LegacyRelease } from './legacy.ts';

/** Checks that there is no legacy collector, or that it will be removed. */
export const legacyCheck: Check = {
  name: 'a legacy installation',
  needs: ['cluster'],
  isNeeded: (scope) => runs(scope, 'collector', 'apply'),
  async run(preflight) {
    const { scope, context } = preflight;
    const { releases, legacyCollectors, otherDelivery, otherGitops } = await preflight.legacy;
    const found = [
      ...(otherGitops.length === 0 ? [] : [otherGitopsProblem(otherGitops, context)]),
      ...releases.map((release) => releaseProblem(release, context.configFile)),
      ...legacyCollectors.map((it) => collectorProblem(it, context.configFile)),
      ...(otherDelivery.length === 0 ? [] : [otherDeliveryProblem(otherDelivery, context.configFile)]),
    ];
    if (!scope.migrate || !runs(scope, 'collector')) {
      return { problems: found };
    }
    if (releases.length > 0) {
      // A collector from manifests does not need helm, so the check of helm is requested here.
      await preflight.has('helm');
    }
    return { notes: found.map(({ message }) => `will be removed: ${message}`) };
  },
};

function releaseProblem({ release, namespace, objects }: LegacyRelease, config: ConfigFiles): Problem {
  return {
    code: 'deploy/legacy-release',
    message: `the Helm release ${release} in ${namespace} is a legacy installation of the collector: ${objects.map(resourceName).join(', ')}`,
    suggestion: `${runInstruction(migration(config))}; or: ${sh`helm uninstall ${release} --namespace=${namespace} --wait`}`,
  };
}

function collectorProblem({ daemonSet, others }: LegacyCollector, config: ConfigFiles): Problem {
  return {
    code: 'deploy/legacy-collector',
    message: `${resourceName(daemonSet)} in ${daemonSet.namespace} is a legacy collector that no tool manages; its other objects: ${others.map(resourceName).join(', ') || 'none'}`,
    suggestion: `${runInstruction(migration(config))}; or: ${deleted([daemonSet, ...others])}`,
  };
}

function otherGitopsProblem(objects: readonly ObjectName[], context: DeployContext): Problem {
  const lines = objects.flatMap((object) => orphanCommands(context, object)).map((it) => commandLine(it));
  return {
    code: 'deploy/other-gitops',
    message: `a GitOps tool still manages this system, but the manifests no longer configure it: ${objects.map((it) => `${resourceName(it)} in ${it.namespace}`).join(', ')}`,
    suggestion: `${runInstruction(migration(context.configFile))}; or remove its objects and keep everything that it has installed: ${joined(lines, '; ')}`,
  };
}

const otherDeliveryProblem = (objects: readonly ObjectName[], config: ConfigFiles): Problem => ({
  code: 'deploy/other-delivery',
  message: `the collector of this system was installed from manifests, and helm cannot adopt its objects: ${objects.map(resourceName).join(', ')}`,
  suggestion: `${runInstruction(migration(config))}; or: ${deleted(objects)}`,
});

const migration = (config: ConfigFiles): ShellText => sh`${podhost} deploy ${configFlags(config)} --migrate`;

/** One command for each namespace. */
function deleted(objects: readonly ObjectName[]): ShellText {
  const places = [...new Set(objects.map(({ namespace }) => namespace))];
  const lines = places.map((place) => {
    const names = objects.filter(({ namespace }) => namespace === place).map(resourceName);
    return sh`kubectl delete ${names} ${place === undefined ? [] : [`--namespace=${place}`]}`;
  });
  return joined(lines, '; ');
}
