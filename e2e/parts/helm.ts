import { goInstall } from './go-install.ts';
import { versions } from './versions.ts';

const [major = '', minor = ''] = versions.kubernetes.split('.');

export const helm = goInstall({
  part: 'helm',
  version: versions.helm,
  minutes: 3,
  command: 'helm.sh/helm/v3/cmd/helm',
  stamps: {
    'helm.sh/helm/v3/internal/version.version': `v${versions.helm}`,
    // What `helm template` takes for the cluster's version; unstamped it is 1.20.
    'helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor': major,
    'helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor': minor,
    'helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor': major,
    'helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor': minor,
  },
});
