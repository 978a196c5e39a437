import type { Cause } from '../../../lib/model/path/hop.ts';

/** The rules of which one reports a hop that is broken for a cause. */
export const causeRules: Readonly<Record<Cause, readonly string[]>> = {
  'switched-off': ['no-disabled-sdk'],
  'unexpanded-reference': ['no-unexpanded-variable', 'no-reference-in-config-data'],
  'missing-key': ['valid-config-reference'],
  endpoint: ['valid-otlp-endpoint'],
  sampler: ['no-undercounting-sampler'],
  'no-sample': ['no-undercounting-sampler'],
  'direct-export': ['no-direct-export'],
  localhost: ['require-reachable-host-port'],
  'no-host-port': ['require-reachable-host-port'],
  'no-service': ['valid-service-reference', 'require-node-local-agent', 'require-span-metrics-collector'],
  'no-pods': ['valid-service-reference'],
  'no-service-port': ['valid-service-reference'],
  'other-nodes': ['require-node-local-agent'],
  'other-system': ['require-whole-path'],
  'no-configuration': ['require-collector-configuration', 'require-whole-path'],
  'no-listener': ['require-whole-path', 'valid-otlp-endpoint'],
  'local-listener': ['require-reachable-listener'],
  tls: ['valid-otlp-endpoint'],
  protocol: ['valid-otlp-protocol'],
  'unused-receiver': ['require-whole-path'],
  'no-lookup': ['require-pod-attributes', 'require-pod-and-host-metrics'],
  'not-extracted': ['require-pod-attributes'],
  removed: ['require-pod-attributes'],
  passthrough: ['require-pod-attributes'],
  'batch-before-lookup': ['valid-pod-association'],
  'relayed-connection': ['valid-pod-association'],
  'host-network': ['require-pod-uid-on-host-network', 'valid-pod-association'],
  mesh: ['no-mesh-interception'],
  'no-source': ['valid-pod-association'],
  'foreign-attribute': ['valid-pod-identity', 'valid-pod-association', 'no-unexpanded-variable'],
  'foreign-identity': ['valid-pod-identity', 'no-unexpanded-variable', 'require-pod-attributes'],
  'no-span-metrics': ['require-span-metrics-collector'],
  'no-consumer': ['require-span-metrics-consumer'],
  sampled: ['no-span-metrics-after-sampling'],
  'counted-twice': ['no-span-metrics-on-two-tiers'],
  'refused-dimension': ['unique-dimension'],
  'metric-name': ['valid-span-metric-name'],
  'missing-label': ['require-whole-path'],
  'no-gateway': ['require-load-balancing-companions', 'require-whole-path'],
  'closed-gateway': ['require-whole-path'],
  'no-exporter': ['require-whole-path'],
  'no-metrics-exporter': ['require-whole-path'],
  'exported-twice': ['require-load-balancing-companions', 'require-whole-path'],
  'no-domain': ['valid-domain', 'valid-coralogix-exporter'],
  'default-names': ['require-whole-path'],
};

/** Reports also what is no hop, such as an exporter without a key. */
const wider = 'valid-coralogix-exporter';

/** Rules that are about the path of a span: an error of one is a broken hop. */
export const pathRules: readonly string[] = [...new Set(Object.values(causeRules).flat())].filter((id) => id !== wider);
