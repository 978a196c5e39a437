import type { SeriesLabel } from '../model/path/series/label.ts';
import type { SeriesNames } from '../model/path/series/metric-names.ts';
import type { ExplainedHop } from './hop.ts';

/** Metrics of one connector that are made of the spans of a service. */
export interface CountedSeries extends SeriesNames {
  /** Labels of `calls_total`; the buckets have `le` besides. */
  readonly labels: readonly SeriesLabel[];
}

/** Metrics beside the main ones, such as `compact_calls_total`. */
export interface OtherSeries extends CountedSeries {
  /** Processors that keep some of the spans only. */
  readonly filters: readonly string[];
}

/** The series that are made of the spans of a service. */
export interface Series extends CountedSeries {
  readonly others: readonly OtherSeries[];
}

/**
 * The path of one span of a service, as far as it goes. `--format json` prints it with these keys, which stay as they
 * are, after `status` and `headline`.
 */
export interface Explanation {
  /** Name of the service. */
  readonly service: string;
  /** What runs it, e.g. `Deployment api-gateway`. */
  readonly workload: string;
  readonly namespace: string;
  readonly container: string;
  /** The same steps for every service, but for `gateway`; behind a broken one none is ok. */
  readonly hops: readonly ExplainedHop[];
  /** Undefined where no series comes out, or where that is not known. */
  readonly series: Series | undefined;
  /** Where the spans are found in Coralogix; undefined where they do not arrive, or where it is not known. */
  readonly application: string | undefined;
  readonly subsystem: string | undefined;
}

/** The first step that does not work, or that nothing is known of. */
export const firstBreak = ({ hops }: Pick<Explanation, 'hops'>): ExplainedHop | undefined =>
  hops.find(({ status }) => status === 'broken') ?? hops.find(({ status }) => status === 'unknown');
