import { connectorsConnected } from './pipeline/invariants/connectors-connected.ts';
import type { Invariant } from './pipeline/invariants/invariant.ts';
import { k8sattributesBeforeBatch } from './pipeline/invariants/k8sattributes-before-batch.ts';
import { k8sattributesBeforeSpanmetrics } from './pipeline/invariants/k8sattributes-before-spanmetrics.ts';
import { memoryLimiterFirst } from './pipeline/invariants/memory-limiter-first.ts';
import { oneWayOut } from './pipeline/invariants/one-way-out.ts';
import { spanMetricsSettings } from './pipeline/invariants/span-metrics-settings.ts';
import { spanmetricsBeforeSampling } from './pipeline/invariants/spanmetrics-before-sampling.ts';

/** What must hold in every collector. */
export const invariants: readonly Invariant[] = [
  memoryLimiterFirst,
  k8sattributesBeforeBatch,
  k8sattributesBeforeSpanmetrics,
  spanmetricsBeforeSampling,
  connectorsConnected,
  oneWayOut,
  spanMetricsSettings,
];
