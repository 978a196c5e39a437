import { run, sh } from '../../../text/shell.ts';

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
  installers[group] ?? `install the custom resource definitions of ${group}`;
