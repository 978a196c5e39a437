import type { Mapping } from '../yaml/value.ts';
import type { Release } from './installation.ts';
import type { ChartName } from './names.ts';
import type { Publisher } from './publisher.ts';

/** What helm is asked to render. */
export interface RenderRequest {
  readonly chart: ChartName;
  readonly publisher: Publisher;
  /** Undefined where nothing names an exact version. */
  readonly version: string | undefined;
  readonly release: Release;
  /** The values of the chart, merged in helm's order; null is kept. */
  readonly values: Mapping;
  /**
   * Name of the chart within an umbrella chart.
   *
   * @default - its own
   */
  readonly alias?: string;
  /** Folders in which the chart may stand: its own, or `charts` of an umbrella chart. */
  readonly folders: readonly string[];
  /**
   * Version of Kubernetes that the chart is rendered for.
   *
   * @default - the one of the command line, or of helm
   */
  readonly kubeVersion?: string;
  /**
   * API versions that the cluster has beside those of Kubernetes.
   *
   * @default - those of the command line
   */
  readonly apiVersions?: readonly string[];
}

/** The chart that helm has rendered. */
export interface UsedChart {
  /** Where it was found: a folder, a file or a reference. */
  readonly location: string;
  readonly version: string;
  readonly publisher: Publisher;
  /** Whether the user names this very chart, so that its version is not assumed. */
  readonly isNamed: boolean;
  /** Version of helm, such as `3.17.4`. */
  readonly helm: string;
}

/** What came of it. */
export type RenderResult =
  | { readonly kind: 'rendered'; readonly chart: UsedChart; readonly manifests: string }
  /** Helm refuses the values, for a reason in its own words. */
  | { readonly kind: 'refused'; readonly chart: UsedChart; readonly reason: string }
  /** There is no helm or no chart, or helm fails for a reason that is none of the values. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Asks helm what it makes of values of a chart. */
export type ChartRenderer = (request: RenderRequest) => RenderResult;
