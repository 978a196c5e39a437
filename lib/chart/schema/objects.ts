import { either, integer, type Keys, keys, listOf, mapping, mappings, oneOf, text, texts, toggle } from './shape.ts';

const route = keys(
  { path: text, pathType: oneOf('Exact', 'Prefix', 'ImplementationSpecific'), port: integer },
  { required: ['path', 'pathType', 'port'] },
);
const ingress = {
  ingressClassName: text,
  annotations: mapping,
  hosts: listOf(keys({ host: text, paths: listOf(route) }, { required: ['paths'] })),
  tls: listOf(keys({ secretName: text, hosts: texts })),
};
const amount = either(text, integer);
const trafficPolicy = oneOf('Cluster', 'Local', '');
const monitor = keys(
  { enabled: toggle, metricsEndpoints: mappings, extraLabels: mapping },
  { open: true, required: ['enabled'] },
);

/** Keys of a sub-chart for the objects beside its pods. */
export const objectKeys: Keys = {
  serviceAccount: keys({ create: toggle, annotations: mapping, name: text }, { required: ['create'] }),
  clusterRole: keys(
    {
      create: toggle,
      annotations: mapping,
      name: text,
      rules: mappings,
      clusterRoleBinding: keys({ annotations: mapping, name: text }),
    },
    { required: ['create'] },
  ),
  service: keys({
    type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    annotations: mapping,
    enabled: toggle,
    clusterIP: text,
    loadBalancerIP: text,
    loadBalancerSourceRanges: texts,
    loadBalancerClass: text,
    internalTrafficPolicy: trafficPolicy,
    externalTrafficPolicy: trafficPolicy,
  }),
  ingress: keys(
    {
      enabled: toggle,
      additionalIngresses: listOf(keys({ name: text, ...ingress }, { required: ['name'] })),
      ...ingress,
    },
    { required: ['enabled'] },
  ),
  podMonitor: monitor,
  serviceMonitor: monitor,
  podDisruptionBudget: keys({ enabled: toggle }, { open: true, required: ['enabled'] }),
  autoscaling: keys(
    {
      enabled: toggle,
      mode: oneOf('hpa', 'custom'),
      minReplicas: integer,
      maxReplicas: integer,
      behavior: mapping,
      targetCPUUtilizationPercentage: integer,
    },
    { open: true, required: ['enabled'] },
  ),
  rollout: keys(
    {
      rollingUpdate: keys({ maxSurge: amount, maxUnavailable: amount }, { open: true }),
      strategy: oneOf('OnDelete', 'Recreate', 'RollingUpdate'),
    },
    { open: true, required: ['strategy'] },
  ),
  prometheusRule: keys(
    {
      enabled: toggle,
      groups: mappings,
      defaultRules: keys({ enabled: toggle }, { open: true, required: ['enabled'] }),
      extraLabels: mapping,
    },
    { open: true, required: ['enabled'] },
  ),
  networkPolicy: keys({
    enabled: toggle,
    annotations: mapping,
    allowIngressFrom: mappings,
    extraIngressRules: mappings,
    egressRules: mappings,
  }),
};
