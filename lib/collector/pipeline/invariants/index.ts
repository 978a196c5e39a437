import { connectorsConnected } from './connectors-connected.ts';
import type { Invariant } from './invariant.ts';
import { k8sattributesBeforeBatch } from './k8sattributes-before-batch.ts';
import { k8sattributesBeforeSpanmetrics } from './k8sattributes-before-spanmetrics.ts';
import { memoryLimiterFirst } from './memory-limiter-first.ts';
import { oneWayOut } from './one-way-out.ts';
import { spanMetricsSettings } from './span-metrics-settings.ts';
import { spanmetricsBeforeSampling } from './spanmetrics-before-sampling.ts';

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
