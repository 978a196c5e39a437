import { subChart } from '../../../chart/names.ts';
import type { InstalledCollector } from './integration-values.ts';

/** A preset without which the Pod & Host view has nothing to show. */
export interface NeededPreset {
  readonly alias: string;
  readonly preset: string;
  /** What is missing then. */
  readonly without: string;
  /** Whether the collector does by hand what the preset would. */
  readonly isByHand: (collector: InstalledCollector) => boolean;
  /**
   * A distribution on which it cannot work.
   *
   * @default - it works everywhere
   */
  readonly impossibleOn?: string;
}

const receiver =
  (type: string) =>
  ({ collector }: InstalledCollector): boolean =>
    collector.pipelines.with('receivers', type).some(({ signal }) => signal === 'metrics');

const detectsHost = ({ collector }: InstalledCollector): boolean =>
  collector.pipelines.with('processors', 'resourcedetection').some(({ signal }) => signal === 'traces');

export const neededPresets: readonly NeededPreset[] = [
  {
    alias: subChart.agent,
    preset: 'kubeletMetrics',
    without: 'the POD tab has no CPU, memory or network',
    isByHand: receiver('kubeletstats'),
  },
  {
    alias: subChart.agent,
    preset: 'hostMetrics',
    without: 'the HOST tab has no CPU, memory or disk',
    isByHand: receiver('hostmetrics'),
    impossibleOn: 'gke/autopilot',
  },
  {
    alias: subChart.agent,
    preset: 'resourceDetection',
    without: 'spans name no host, and the HOST tab stays empty',
    isByHand: detectsHost,
    impossibleOn: 'gke/autopilot',
  },
  {
    alias: subChart.clusterCollector,
    preset: 'clusterMetrics',
    without: 'there is no state of deployments, pods and nodes',
    isByHand: receiver('k8s_cluster'),
  },
];
