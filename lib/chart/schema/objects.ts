import {
  choiceOf,
  either,
  integerShape,
  type Keys,
  keys,
  listOf,
  mapping,
  mappings,
  textShape,
  texts,
  toggle,
} from './shape.ts';

const route = keys(
  { path: textShape, pathType: choiceOf('Exact', 'Prefix', 'ImplementationSpecific'), port: integerShape },
  { required: ['path', 'pathType', 'port'] },
);
const ingress = {
  ingressClassName: textShape,
  annotations: mapping,
  hosts: listOf(keys({ host: textShape, paths: listOf(route) }, { required: ['paths'] })),
  tls: listOf(keys({ secretName: textShape, hosts: texts })),
};
const amount = either(textShape, integerShape);
const trafficPolicy = choiceOf('Cluster', 'Local', '');
const monitor = keys(
  { enabled: toggle, metricsEndpoints: mappings, extraLabels: mapping },
  { open: true, required: ['enabled'] },
);

/** Keys of a sub-chart for the objects beside its pods. */
export const objectKeys: Keys = {
  serviceAccount: keys({ create: toggle, annotations: mapping, name: textShape }, { required: ['create'] }),
  clusterRole: keys(
    {
      create: toggle,
      annotations: mapping,
      name: textShape,
      rules: mappings,
      clusterRoleBinding: keys({ annotations: mapping, name: textShape }),
    },
    { required: ['create'] },
  ),
  service: keys({
    type: choiceOf('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    annotations: mapping,
    enabled: toggle,
    clusterIP: textShape,
    loadBalancerIP: textShape,
    loadBalancerSourceRanges: texts,
    loadBalancerClass: textShape,
    internalTrafficPolicy: trafficPolicy,
    externalTrafficPolicy: trafficPolicy,
  }),
  ingress: keys(
    {
      enabled: toggle,
      additionalIngresses: listOf(keys({ name: textShape, ...ingress }, { required: ['name'] })),
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
      mode: choiceOf('hpa', 'custom'),
      minReplicas: integerShape,
      maxReplicas: integerShape,
      behavior: mapping,
      targetCPUUtilizationPercentage: integerShape,
    },
    { open: true, required: ['enabled'] },
  ),
  rollout: keys(
    {
      rollingUpdate: keys({ maxSurge: amount, maxUnavailable: amount }, { open: true }),
      strategy: choiceOf('OnDelete', 'Recreate', 'RollingUpdate'),
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
