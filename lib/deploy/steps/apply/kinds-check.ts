import type { Manifest } from '../../../model/manifest.ts';
import { ownValue } from '../../../own-value.ts';
import type { Problem } from '../../../problems/problem.ts';
import { groupOf } from '../../../run/kube/objects.ts';
import { run, sh } from '../../../text/shell.ts';
import type { Check } from '../../preflight/check.ts';
import { installsOperator, runs } from '../../preflight/check.ts';
import type { Inquiry } from '../../preflight/preflight-run.ts';

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

const helmInstall = (name: string, repository: string, more: readonly string[] = []): string =>
  run(sh`helm upgrade --install ${name} ${name} --repo ${repository} --namespace ${name} --create-namespace ${more}`);

/** What brings the kinds of a group. */
const installers: Readonly<Record<string, string>> = {
  'traefik.io': `k3s brings them with its Traefik, unless it was started with --disable=traefik; otherwise ${helmInstall('traefik', 'https://traefik.github.io/charts')}`,
  'external-secrets.io': helmInstall('external-secrets', 'https://charts.external-secrets.io'),
  'cert-manager.io': helmInstall('cert-manager', 'https://charts.jetstack.io', ['--set', 'crds.enabled=true']),
  'helm.cattle.io': 'k3s and RKE2 alone have them: for another cluster leave out gitops.tool k3s and certificate.acme',
  'coralogix.com': 'let the Coralogix Operator bring them: write: deploy: { operator: { enabled: true } }',
  'monitoring.coreos.com': helmInstall('kube-prometheus-stack', 'https://prometheus-community.github.io/helm-charts'),
};

/** What to do for the kinds of a group to be there. */
export const installerOf = (group: string): string =>
  ownValue(installers, group) ?? `install the custom resource definitions of ${group}`;
