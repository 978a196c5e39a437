import type { Manifest } from '../../../model/manifest.ts';
import type { Problem } from '../../../problems/problem.ts';
import { groupOf } from '../../../run/kube/objects.ts';
import { sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';
import { installsOperator, runs } from '../../preflight/scope.ts';
import { installerOf } from './installers.ts';

/** The cluster knows every kind that the manifests use, in the version that they use. */
export const kindsCheck: Check = {
  name: 'the kinds of the manifests',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async look(inquiry) {
    const { incomplete } = await inquiry.kinds;
    const problems = await Promise.all(kindsOf(inquiry.applied).map((manifest) => problemOf(inquiry, manifest)));
    return {
      problems: problems.filter((problem) => problem !== undefined),
      notes:
        incomplete === undefined
          ? []
          : [
              `not every kind could be looked up, so nothing is pruned: ${incomplete}; see which: ${sh`kubectl get apiservices`}`,
            ],
    };
  },
};

const kindsOf = (manifests: readonly Manifest[]): Manifest[] => [
  ...new Map(manifests.map((manifest) => [`${manifest.apiVersion} ${manifest.kind}`, manifest])).values(),
];

async function problemOf(inquiry: Inquiry, manifest: Manifest): Promise<Problem | undefined> {
  const { apiVersion, kind } = manifest;
  const group = groupOf(apiVersion);
  const known = (await inquiry.kinds).of(manifest);
  if (known !== undefined) {
    const isServed = apiVersion.endsWith(known.version) || (await serves(inquiry, apiVersion));
    return isServed
      ? undefined
      : {
          code: 'deploy/other-api-version',
          message: `the cluster offers ${kind} as ${group}/${known.version}, and ${manifest.place().file} has ${apiVersion}`,
          suggestion: `upgrade what brings it: ${installerOf(group)}`,
        };
  }
  if (group === 'coralogix.com' && installsOperator(inquiry.scope)) {
    return undefined;
  }
  return {
    code: 'deploy/unknown-kind',
    message: `the cluster does not know the kind ${kind} of ${apiVersion}, which ${manifest.place().file} has`,
    suggestion: gitopsInstaller(inquiry, group) ?? installerOf(group),
  };
}

/** Definitions alone would take what a GitOps tool is told, and nobody would act on it. */
function gitopsInstaller({ scope: { config }, context }: Inquiry, group: string): string | undefined {
  const { gitops } = config;
  return gitops !== undefined && gitops.tool !== 'k3s' && /(^|\.)(argoproj|fluxcd)\.io$/.test(group)
    ? `install ${gitops.tool} in the namespace ${gitops.namespace}, or leave gitops out of ${context.configFile}`
    : undefined;
}

/** A list of kinds has the version alone that the server prefers. */
async function serves({ context }: Inquiry, apiVersion: string): Promise<boolean> {
  const { exitStatus } = await context.runner.run(context.kubectl(['get', `--raw=/apis/${apiVersion}`]));
  return exitStatus === 0;
}
