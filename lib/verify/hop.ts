/** Which part of a run answers the question of a hop. */
export type SourceName = 'files' | 'cluster' | 'coralogix';

/** One hop of the path, as a statement that should hold. */
export interface HopDefinition {
  /** Stable name, for `--only` and JSON. */
  readonly id: string;
  /** What should hold, one sentence without a full stop. */
  readonly sentence: string;
  readonly source: SourceName;
  /** Hops without which this one cannot hold. A failure behind a broken one of them is `blocked`. */
  readonly needs: readonly string[];
  /** Whether the hop may come to hold while nobody changes anything, so that it is worth waiting. */
  readonly heals: boolean;
}

const definitions = [
  {
    id: 'manifest',
    sentence: 'the committed files lead every span to Coralogix with its pod',
    source: 'files',
    needs: [],
    heals: false,
  },
  {
    id: 'applied',
    sentence: 'the cluster has the objects as they are committed',
    source: 'cluster',
    needs: [],
    heals: false,
  },
  {
    id: 'rollout',
    sentence: 'every pod runs the current pod template and is ready',
    source: 'cluster',
    needs: ['applied'],
    heals: true,
  },
  {
    id: 'environment',
    sentence: 'every pod has the current environment, and its SDK exports spans',
    source: 'cluster',
    needs: ['manifest', 'applied', 'rollout'],
    heals: true,
  },
  {
    id: 'collector',
    sentence: 'a ready collector with its current configuration runs where the service sends to',
    source: 'cluster',
    needs: [],
    heals: true,
  },
  {
    id: 'endpoint',
    sentence: 'the endpoint leads to a ready collector from each node that runs a pod',
    source: 'cluster',
    needs: ['manifest', 'applied', 'rollout', 'environment', 'collector'],
    heals: true,
  },
  {
    id: 'pipeline',
    sentence: 'the live configuration of the collector enriches, counts and exports the spans',
    source: 'cluster',
    needs: ['manifest', 'applied', 'rollout', 'environment', 'endpoint'],
    heals: true,
  },
  {
    id: 'intake',
    sentence: 'the collector accepts spans, refuses none and sends all of them',
    source: 'cluster',
    needs: ['environment', 'collector', 'endpoint', 'pipeline'],
    heals: true,
  },
  {
    id: 'spans',
    sentence: 'spans of the service are in Coralogix',
    source: 'coralogix',
    needs: ['manifest', 'environment', 'collector', 'endpoint', 'pipeline', 'intake'],
    heals: true,
  },
  {
    id: 'enriched',
    sentence: 'every span names its pod, namespace, owner and node as they are in the cluster',
    source: 'coralogix',
    needs: ['spans', 'environment', 'endpoint', 'pipeline'],
    heals: true,
  },
  {
    id: 'metrics',
    sentence: 'calls_total and duration_ms_bucket have the labels that the catalogues require',
    source: 'coralogix',
    needs: ['spans', 'endpoint', 'pipeline', 'intake'],
    heals: true,
  },
  {
    id: 'compact',
    sentence: 'the compact series that APM reads exist',
    source: 'coralogix',
    needs: ['metrics'],
    heals: true,
  },
  {
    id: 'infrastructure',
    sentence: 'metrics of the same pods and nodes exist under the same names and cluster',
    source: 'coralogix',
    needs: ['collector', 'pipeline'],
    heals: true,
  },
  {
    id: 'probe',
    sentence: 'a span that is sent with the environment of the service arrives with its pod',
    source: 'cluster',
    needs: ['collector', 'endpoint', 'pipeline', 'intake'],
    heals: true,
  },
  {
    id: 'kubelet',
    sentence: 'the kubelets have statistics of the pods',
    source: 'cluster',
    needs: ['rollout'],
    heals: true,
  },
  {
    id: 'catalogue',
    sentence: 'the catalogue of Coralogix lists the service and its pods',
    source: 'coralogix',
    needs: ['spans', 'metrics'],
    heals: true,
  },
] as const satisfies readonly HopDefinition[];

export type HopId = (typeof definitions)[number]['id'];

export interface CheckedHop extends HopDefinition {
  readonly id: HopId;
  readonly needs: readonly HopId[];
}

/** All hops in the order in which a span passes them; each needs earlier ones only. */
export const hops: readonly CheckedHop[] = definitions;

/** Hops that are checked only where the option of their name is given. */
export const optionalHops = ['probe', 'kubelet', 'catalogue'] as const satisfies readonly HopId[];

export type OptionalHop = (typeof optionalHops)[number];

export const hopOf = (id: HopId): CheckedHop => {
  const hop = hops.find((each) => each.id === id);
  if (hop === undefined) {
    throw new Error(`there is no hop ${id}`);
  }
  return hop;
};

/** Number of a hop in tables, counted from 1. */
export const hopNumber = (id: HopId): number => hops.findIndex((each) => each.id === id) + 1;
