import type { Place } from '../../problems/problem.ts';
import type { LookupCause } from '../enrichment/pod-lookup.ts';
import { startCauses } from '../start/start-fault.ts';

/** One thing that is known, and where it is written. */
export interface Reason {
  /** What is known; a clause that can stand after "because". */
  readonly message: string;
  /**
   * The line where it is written; looked up only when it is asked for.
   *
   * @default - it stands in no line that was read
   */
  readonly place?: () => Place | undefined;
}

/** What breaks a hop, by hop. Each is what one rule of lint reports. */
export const causes = [
  // SDK
  'switched-off',
  'no-injection',
  'unexpanded-reference',
  'missing-key',
  'endpoint',
  'sampler',
  'no-sample',
  // address
  'direct-export',
  'no-cluster-dns',
  'localhost',
  'no-host-port',
  'no-service',
  'no-pods',
  'no-service-port',
  'network-policy',
  // node
  'other-nodes',
  'other-system',
  'no-agent-on-node',
  // a collector that does not run
  ...startCauses,
  // receiver
  'no-listener',
  'local-listener',
  'tls',
  'protocol',
  'unused-receiver',
  // processors
  'no-lookup',
  'not-extracted',
  'removed',
  'passthrough',
  'batch-before-lookup',
  'relayed-connection',
  'host-network',
  'mesh',
  'no-source',
  'foreign-attribute',
  'unwatched-pod',
  'foreign-identity',
  // spanmetrics
  'no-span-metrics',
  'no-service-name',
  'sampled',
  'counted-twice',
  'metric-name',
  'missing-label',
  // gateway
  'no-gateway',
  'closed-gateway',
  'no-sampling-policy',
  'gateway-port',
  'gateway-tls',
  // export
  'no-exporter',
  'no-metrics-exporter',
  'exported-twice',
  'no-domain',
  'wrong-domain',
  'unreplaced-variable',
  // Coralogix
  'default-names',
] as const satisfies readonly (LookupCause | string)[];

export type Cause = (typeof causes)[number];

/** The status of a hop; of a broken one also what breaks it. */
type Outcome =
  | { readonly status: 'ok' | 'unknown'; readonly cause?: never }
  | { readonly status: 'broken'; readonly cause: Cause };

/** What a step comes to, beside its name. */
export type Verdict = Outcome & {
  /** What happens there, one sentence without a full stop. */
  readonly message: string;
  /** Why that is known, or what keeps it from working. */
  readonly reasons: readonly Reason[];
  /**
   * The line that decides it; looked up only when it is asked for.
   *
   * @default - nothing that was read decides it
   */
  readonly place?: () => Place | undefined;
};

/** One step on the path of a span. */
export type Hop = Verdict & {
  /** What the step is, e.g. `SDK`; the same for every service, and in the same order. */
  readonly name: string;
};
