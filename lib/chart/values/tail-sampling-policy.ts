/**
 * One rule by which the gateway keeps a trace. What else it holds depends on its type.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export interface TailSamplingPolicy {
  /** Name in the collector's own metrics. */
  readonly name: string;
  /** Kind of the rule, e.g. `always_sample` or `status_code`. */
  readonly type: string;
  readonly [setting: string]: unknown;
}
