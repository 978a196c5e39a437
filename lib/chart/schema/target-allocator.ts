import { image, resources } from './pods.ts';
import { anything, integer, keys, mapping, mappings, oneOf, switched, text, toggle } from './shape.ts';

const strategy = oneOf('least-weighted', 'consistent-hashing', 'per-node', '');
const probe = keys(
  { initialDelaySeconds: integer, periodSeconds: integer, timeoutSeconds: integer, failureThreshold: integer },
  { successThreshold: integer },
);

/** The part that hands scrape targets to the collectors. */
export const targetAllocator = switched({
  replicas: integer,
  nodeSelector: mapping,
  tolerations: mappings,
  affinity: mapping,
  volumeMounts: mappings,
  volumes: mappings,
  podLabels: mapping,
  serviceMonitor: switched({ extraLabels: mapping }),
  pdb: keys({ create: toggle, maxUnavailable: text }),
  livenessProbe: probe,
  readinessProbe: probe,
  minReadySeconds: integer,
  prometheusCR: switched({
    serviceMonitorNamespaceSelector: mapping,
    podMonitorNamespaceSelector: mapping,
    podMonitorSelector: anything,
    serviceMonitorSelector: anything,
    probeSelector: anything,
    probeNamespaceSelector: anything,
    scrapeInterval: text,
  }),
  scrapeConfigs: mappings,
  allocationStrategy: strategy,
  allocationFallbackStrategy: strategy,
  image,
  serviceAccount: text,
  resources,
});
