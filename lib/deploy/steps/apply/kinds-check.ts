import { configName } from '../../../config/config-files.ts';
import type { Manifest } from '../../../model/manifest.ts';
import { ownValue } from '../../../own-value.ts';
import type { Problem } from '../../../problems/problem.ts';
import { groupOf } from '../../../run/kube/objects.ts';
import { runInstruction, sh } from '../../../text/shell.ts';
import type { Check, PreflightContext } from '../../preflight/preflight-context.ts';
import { installsOperator, runs } from '../../preflight/scope.ts';

/** Checks that the cluster serves every kind of the manifests in its API version. */
export const kindsCheck: Check = {
  name: 'the kinds of the manifests',
  needs: ['dist', 'cluster'],
  isNeeded: (scope) => runs(scope, 'apply'),
  async run(preflight) {
    const { incomplete } = await preflight.kinds;
    const problems = await Promise.all(kindsOf(preflight.applied).map((manifest) => problemOf(preflight, manifest)));
    return {
      problems: problems.filter((problem) => problem !== undefined),
      notes:
        incomplete === undefined
          ? []
          : [
              `some API groups do not answer, so nothing is pruned: ${incomplete}; list them: ${sh`kubectl get apiservices`}`,
            ],
    };
  },
};

const kindsOf = (manifests: readonly Manifest[]): Manifest[] => [
  ...new Map(manifests.map((manifest) => [`${manifest.apiVersion} ${manifest.kind}`, manifest])).values(),
];

async function problemOf(preflight: PreflightContext, manifest: Manifest): Promise<Problem | undefined> {
  const { apiVersion, kind } = manifest;
  const group = groupOf(apiVersion);
  const known = (await preflight.kinds).of(manifest);
  if (known !== undefined) {
    const isServed = apiVersion.endsWith(known.version) || (await serves(preflight, apiVersion));
    return isServed
      ? undefined
      : {
          code: 'deploy/other-api-version',
          message: `the cluster serves ${kind} as ${group}/${known.version}, but ${manifest.place().file} uses ${apiVersion}`,
          suggestion: `upgrade the component that installs it: ${installerOf(group)}`,
        };
  }
  if (group === 'coralogix.com' && installsOperator(preflight.scope)) {
    return undefined;
  }
  return {
    code: 'deploy/unknown-kind',
    message: `the cluster does not serve the kind ${kind} of ${apiVersion}, which ${manifest.place().file} uses`,
    suggestion: gitopsInstaller(preflight, group) ?? installerOf(group),
  };
}

/** The definitions alone are not enough for a GitOps tool, because no controller would act on its objects. */
function gitopsInstaller({ scope: { config }, context }: PreflightContext, group: string): string | undefined {
  const { gitops } = config;
  return gitops !== undefined && gitops.tool !== 'k3s' && /(^|\.)(argoproj|fluxcd)\.io$/.test(group)
    ? `install ${gitops.tool} in the namespace ${gitops.namespace}, or remove gitops from ${configName(context.configFile)}`
    : undefined;
}

/** Whether the server serves an API version; the list of resources contains only the preferred one. */
async function serves({ context }: PreflightContext, apiVersion: string): Promise<boolean> {
  const { exitStatus } = await context.runner.run(context.kubectl(['get', `--raw=/apis/${apiVersion}`]));
  return exitStatus === 0;
}

const helmInstall = (name: string, repository: string, more: readonly string[] = []): string =>
  runInstruction(
    sh`helm upgrade --install ${name} ${name} --repo ${repository} --namespace ${name} --create-namespace ${more}`,
  );

/** How to install the kinds of an API group. */
const installers: Readonly<Record<string, string>> = {
  'traefik.io': `k3s installs them with its Traefik, unless it was started with --disable=traefik; otherwise ${helmInstall('traefik', 'https://traefik.github.io/charts')}`,
  'external-secrets.io': helmInstall('external-secrets', 'https://charts.external-secrets.io'),
  'cert-manager.io': helmInstall('cert-manager', 'https://charts.jetstack.io', ['--set', 'crds.enabled=true']),
  'helm.cattle.io': 'only k3s and RKE2 have them; for another cluster remove gitops.tool k3s and certificate.acme',
  'coralogix.com': 'let the Coralogix Operator install them; write: deploy: { operator: { enabled: true } }',
  'monitoring.coreos.com': helmInstall('kube-prometheus-stack', 'https://prometheus-community.github.io/helm-charts'),
};

/** Suggestion for a missing API group. */
export const installerOf = (group: string): string =>
  ownValue(installers, group) ?? `install the custom resource definitions of ${group}`;
