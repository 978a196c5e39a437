/** What a service's traffic is known from. */
export type Basis = 'sample' | 'described' | 'assumed';

/**
 * How many series the span metrics of a system have. This is what `podhost forecast --format json` prints.
 *
 * A series is one metric name with one set of labels, as Coralogix and Prometheus count: each label set makes one of
 * `calls_total`, and of `duration_ms` one for each bucket, one for the bucket +Inf, the sum and the count.
 */
export interface Forecast {
  /** At one time, of all services. */
  readonly series: number;
  /** Those that the collectors send: fewer than `series` where a cap bites. */
  readonly emittedSeries: number;
  /** Of a day, with those that deployments begin. */
  readonly seriesPerDay: number;
  readonly services: readonly ServiceForecast[];
  readonly metrics: readonly MetricForecast[];
  /** What labels cost, the dearest first: of `calls_total` and `duration_ms` alone. */
  readonly labels: readonly LabelCost[];
  /** Labels that add no series, and dimensions that no span has. */
  readonly freeLabels: readonly string[];
  readonly unusedDimensions: readonly string[];
  /** What to drop first; the views need none of it. */
  readonly drops: readonly Drop[];
  readonly churn: Churn;
  readonly caps: readonly Cap[];
  readonly budgets: readonly Budget[];
  /** What a reader must know to trust the figures. */
  readonly notes: readonly string[];
}

export interface ServiceForecast {
  readonly service: string;
  /** What runs it, e.g. `Deployment api-gateway`. */
  readonly workload: string;
  readonly basis: Basis;
  readonly pods: number;
  /** Different names, kinds and statuses of its spans. */
  readonly operations: number;
  readonly kinds: number;
  readonly statuses: number;
  /** Different values of all dimensions together, of the operation that has most. */
  readonly dimensionValues: number;
  /** Label sets of `calls_total`, of all its pods. They are fewer than the product: labels depend on each other. */
  readonly labelSets: number;
  /** Of all metrics. */
  readonly series: number;
  readonly seriesPerDay: number;
}

export interface MetricForecast {
  /** The connector that makes it. */
  readonly connector: string;
  /** Stored names, e.g. `calls_total` and `duration_ms`. */
  readonly names: readonly string[];
  readonly labelSets: number;
  readonly seriesPerLabelSet: number;
  readonly series: number;
}

export interface LabelCost {
  readonly label: string;
  /** Labels that say the same: dropping one of them alone saves nothing. */
  readonly together: readonly string[];
  /** Series with it for each series without. */
  readonly factor: number;
  /** Series that go when all of them go. */
  readonly saves: number;
  /** Why it stays; undefined: it may go. */
  readonly neededBy: string | undefined;
}

export interface Drop {
  /** What to write. */
  readonly change: string;
  readonly saves: number;
  /** What is lost with it. */
  readonly costs: string | undefined;
}

interface Churn {
  /** Series that begin when every service is deployed once. */
  readonly perDeployment: number;
  readonly perDay: number;
  /** How long the collectors keep the old ones besides; undefined: until they are restarted. */
  readonly expiration: string | undefined;
}

/** One limit of one collector. */
export interface Cap {
  readonly setting: 'aggregation_cardinality_limit' | 'resource_metrics_cache_size';
  readonly connector: string;
  readonly limit: number;
  /** Label sets of the resource that has most, or resources of one collector. */
  readonly reached: number;
  /** The service that has most. */
  readonly service: string;
}

export interface Budget {
  readonly of: 'series' | 'seriesPerDay';
  readonly limit: number;
  readonly reached: number;
}

/** Whether a limit of the collectors or of the configuration is exceeded. */
export const isOver = ({ caps, budgets }: Forecast): boolean =>
  [...caps, ...budgets].some(({ limit, reached }) => reached > limit);
