import { startCauses } from '../start/start-fault.ts';
import type { Cause, Hop } from './hop.ts';
import type { WalkedPath } from './walked-path.ts';

/** Causes for which no span, or no span metric of it, arrives anywhere; behind the others it is counted, if wrongly. */
const losing: ReadonlySet<Cause> = new Set<Cause>([
  'switched-off',
  'no-injection',
  'no-sample',
  'missing-key',
  'endpoint',
  'direct-export',
  'no-cluster-dns',
  'localhost',
  'no-host-port',
  'no-service',
  'no-pods',
  'no-service-port',
  'network-policy',
  'other-system',
  'no-agent-on-node',
  ...startCauses,
  'no-listener',
  'gateway-port',
  'gateway-tls',
  'local-listener',
  'tls',
  'protocol',
  'unused-receiver',
  'no-span-metrics',
  'no-service-name',
  'no-metrics-exporter',
]);

/** The first hop at which a span is lost before its metrics are exported; undefined where it may be counted. */
export const lostAt = ({ hops, spanPath, collectorPath: { counts } }: WalkedPath): Hop | undefined =>
  hops.find(
    ({ cause, name }) =>
      cause !== undefined &&
      // What is counted counts, as where an exporter has a wrong domain.
      !(name === 'export' && cause === 'network-policy') &&
      // What a collector has counted is not lost with a gateway behind it.
      !(name === 'gateway' && counts[0]?.collector === spanPath.collector) &&
      (losing.has(cause) ||
        (cause === 'unexpanded-reference' && spanPath.settings.endpoint?.host.kind === 'unresolved')),
  );
