/**
 * API groups whose objects neither change pods nor stand on the path of a span: nothing of them is needed for a verdict.
 * A group of which some kinds run or change pods is named with the kinds that do not.
 */
const groups: Readonly<Record<string, 'all' | readonly string[]>> = {
  // Ingress and certificates.
  'traefik.io': 'all',
  'traefik.containo.us': 'all',
  'cert-manager.io': 'all',
  'acme.cert-manager.io': 'all',
  'networking.gke.io': 'all',
  'cloud.google.com': 'all',
  'elbv2.k8s.aws': 'all',
  'metallb.io': 'all',
  // Secrets, whose keys are read where they are known.
  'external-secrets.io': 'all',
  'generators.external-secrets.io': 'all',
  'bitnami.com': 'all',
  'secrets-store.csi.x-k8s.io': 'all',
  'secrets.hashicorp.com': [
    'VaultConnection',
    'VaultAuth',
    'VaultAuthGlobal',
    'VaultStaticSecret',
    'VaultDynamicSecret',
  ],
  // Delivery; what these install is read where values or manifests of it are.
  'source.toolkit.fluxcd.io': 'all',
  'notification.toolkit.fluxcd.io': 'all',
  'image.toolkit.fluxcd.io': 'all',
  'argoproj.io': ['AppProject', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'EventBus'],
  // Metrics, alerts and scaling.
  'monitoring.coreos.com': [
    'ServiceMonitor',
    'PodMonitor',
    'PrometheusRule',
    'Probe',
    'AlertmanagerConfig',
    'ScrapeConfig',
  ],
  'coralogix.com': 'all',
  'keda.sh': ['ScaledObject', 'TriggerAuthentication', 'ClusterTriggerAuthentication'],
  'eventing.keda.sh': 'all',
  // Storage and nodes.
  'longhorn.io': 'all',
  'velero.io': 'all',
  'karpenter.sh': 'all',
  'karpenter.k8s.aws': 'all',
};

/** Whether an object of an extension is known to have nothing to do with spans. */
export function isBesidePath(apiVersion: string, kind: string): boolean {
  const [group = ''] = apiVersion.split('/');
  const known = Object.hasOwn(groups, group) ? groups[group] : undefined;
  return known === 'all' || (known?.includes(kind) ?? false);
}
