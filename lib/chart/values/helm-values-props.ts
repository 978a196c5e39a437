import type { Provider } from './provider.ts';
import type { TailSamplingPolicy } from './tail-sampling-policy.ts';

/** What one system wants of the chart. */
export interface HelmValuesProps {
  /** Domain of the Coralogix region, e.g. eu2.coralogix.com. */
  readonly domain: string;
  /** `k8s.cluster.name` of everything that is sent. */
  readonly clusterName: string;
  /** `deployment.environment.name` of what does not say it itself. */
  readonly environment: string;
  /** Where the nodes run. */
  readonly provider: Provider;
  /** Dimensions of the span metrics, in addition to those of the chart. */
  readonly dimensions: readonly string[];
  /** Whether gateways see whole traces, and which of them they keep. */
  readonly loadBalancing: {
    readonly enabled: boolean;
    readonly policies: readonly TailSamplingPolicy[];
  };
}
