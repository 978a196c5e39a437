import {
  integer,
  type Keys,
  keys,
  list,
  listOf,
  mapOf,
  mapping,
  mappings,
  oneOf,
  text,
  textOrInteger,
  texts,
  toggle,
} from './shape.ts';

const quantities = keys({ cpu: textOrInteger, memory: text });
export const resources = keys({ limits: quantities, requests: quantities });

export const image = keys({
  repository: text,
  tag: text,
  digest: text,
  pullPolicy: oneOf('IfNotPresent', 'Always', 'Never'),
});

const seconds = { initialDelaySeconds: integer, periodSeconds: integer, failureThreshold: integer };
const probe = { ...seconds, timeoutSeconds: integer };
const request = { port: integer, path: text };
const hook = keys(
  {
    exec: keys({ command: texts }),
    httpGet: keys({ host: text, httpHeaders: list, path: text, port: integer, scheme: text }),
  },
  { exactlyOne: ['exec', 'httpGet'] },
);
const container = keys({ name: text }, { open: true, required: ['name'] });
const port = keys(
  {
    enabled: toggle,
    containerPort: integer,
    servicePort: integer,
    hostPort: integer,
    nodePort: integer,
    protocol: text,
    appProtocol: text,
  },
  { required: ['enabled'] },
);

/** Keys of a sub-chart that say of its pods how they run, and that the chart has values for. */
export const podKeys: Keys = {
  image,
  imagePullSecrets: mappings,
  command: keys({ name: text, extraArgs: texts }),
  podSecurityContext: mapping,
  securityContext: mapping,
  nodeSelector: mapping,
  tolerations: mappings,
  affinity: mapping,
  topologySpreadConstraints: mappings,
  priorityClassName: text,
  priorityClass: keys({ create: toggle, name: text, priorityValue: integer }),
  extraContainers: listOf(container),
  initContainers: listOf(container),
  extraEnvs: mappings,
  extraEnvsFrom: mappings,
  extraVolumes: mappings,
  extraVolumeMounts: mappings,
  ports: mapOf(port),
  resources,
  lifecycleHooks: keys({ postStart: hook, preStop: hook }),
  startupProbe: keys({ ...probe, successThreshold: integer, httpGet: keys(request) }),
  livenessProbe: keys({ httpGet: keys(request), ...probe, terminationGracePeriodSeconds: integer }),
  readinessProbe: keys({ httpGet: keys(request), ...probe, successThreshold: integer }),
  podAnnotations: mapping,
  podLabels: mapping,
  hostNetwork: toggle,
  networkMode: oneOf('ipv4', 'ipv6'),
  dnsPolicy: oneOf('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None', ''),
  dnsConfig: mapping,
};
