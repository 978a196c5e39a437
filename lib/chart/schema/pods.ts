import {
  choiceOf,
  integerShape,
  type Keys,
  keys,
  list,
  listOf,
  mapOf,
  mapping,
  mappings,
  textOrInteger,
  textShape,
  texts,
  toggle,
} from './shape.ts';

const quantities = keys({ cpu: textOrInteger, memory: textShape });
export const resources = keys({ limits: quantities, requests: quantities });

export const image = keys({
  repository: textShape,
  tag: textShape,
  digest: textShape,
  pullPolicy: choiceOf('IfNotPresent', 'Always', 'Never'),
});

const seconds = { initialDelaySeconds: integerShape, periodSeconds: integerShape, failureThreshold: integerShape };
const probe = { ...seconds, timeoutSeconds: integerShape };
const request = { port: integerShape, path: textShape };
const hook = keys(
  {
    exec: keys({ command: texts }),
    httpGet: keys({ host: textShape, httpHeaders: list, path: textShape, port: integerShape, scheme: textShape }),
  },
  { exactlyOne: ['exec', 'httpGet'] },
);
const container = keys({ name: textShape }, { open: true, required: ['name'] });
const port = keys(
  {
    enabled: toggle,
    containerPort: integerShape,
    servicePort: integerShape,
    hostPort: integerShape,
    nodePort: integerShape,
    protocol: textShape,
    appProtocol: textShape,
  },
  { required: ['enabled'] },
);

/** Keys of a sub-chart that say of its pods how they run, and that the chart has values for. */
export const podKeys: Keys = {
  image,
  imagePullSecrets: mappings,
  command: keys({ name: textShape, extraArgs: texts }),
  podSecurityContext: mapping,
  securityContext: mapping,
  nodeSelector: mapping,
  tolerations: mappings,
  affinity: mapping,
  topologySpreadConstraints: mappings,
  priorityClassName: textShape,
  priorityClass: keys({ create: toggle, name: textShape, priorityValue: integerShape }),
  extraContainers: listOf(container),
  initContainers: listOf(container),
  extraEnvs: mappings,
  extraEnvsFrom: mappings,
  extraVolumes: mappings,
  extraVolumeMounts: mappings,
  ports: mapOf(port),
  resources,
  lifecycleHooks: keys({ postStart: hook, preStop: hook }),
  startupProbe: keys({ ...probe, successThreshold: integerShape, httpGet: keys(request) }),
  livenessProbe: keys({ httpGet: keys(request), ...probe, terminationGracePeriodSeconds: integerShape }),
  readinessProbe: keys({ httpGet: keys(request), ...probe, successThreshold: integerShape }),
  podAnnotations: mapping,
  podLabels: mapping,
  hostNetwork: toggle,
  networkMode: choiceOf('ipv4', 'ipv6'),
  dnsPolicy: choiceOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None', ''),
  dnsConfig: mapping,
};
