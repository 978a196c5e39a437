import { componentType } from '../pipeline/component.ts';
import { findDimensionClashes } from '../pipeline/dimension-clashes.ts';
import { dimensionsOf } from '../pipeline/dimensions.ts';
import { doubleExports } from '../pipeline/exporters.ts';
import type { Pipeline, Pipelines } from '../pipeline/pipelines.ts';
import { countingPipelines, samplerBefore, spanMetricsConnectors } from '../pipeline/spans.ts';
import { listAt, textAt, valueAt } from '../yaml/value.ts';

/** Something that must hold in every collector: what is wrong and what to do, once for each place. */
type Invariant = (pipelines: Pipelines) => string[];

/** Where a type of processor stands, or -1. */
const positionOf = ({ processors }: Pipeline, ...types: readonly string[]): number =>
  processors.findIndex((id) => types.includes(componentType(id)));

/** A limiter that stands later has let in what it should have refused. Pipelines fed by connectors alone are behind one. */
const memoryLimiterFirst: Invariant = (pipelines) =>
  pipelines.all
    .filter(({ receivers }) => receivers.some((id) => !pipelines.isConnector(id)))
    .filter((pipeline) => positionOf(pipeline, 'memory_limiter') !== 0)
    .map((pipeline) =>
      positionOf(pipeline, 'memory_limiter') < 0
        ? `pipeline ${pipeline.id} has no memory_limiter: put one first`
        : `pipeline ${pipeline.id}: memory_limiter must come first`,
    );

/** Batching loses the connection's address, by which a pod is found when its attributes do not name it. */
const k8sattributesBeforeBatch: Invariant = ({ all }) =>
  all
    .filter((pipeline) => {
      const batch = positionOf(pipeline, 'batch', 'groupbytrace');
      return batch >= 0 && positionOf(pipeline, 'k8sattributes') > batch;
    })
    .map(({ id }) => `pipeline ${id}: k8sattributes must come before batch`);

/** Span metrics carry what the spans carry when they are counted. */
const k8sattributesBeforeSpanmetrics: Invariant = (pipelines) =>
  countingPipelines(pipelines)
    .filter(({ before }) => before('k8sattributes') === undefined)
    .map(
      ({ pipeline: { id } }) =>
        `pipeline ${id}: spans reach spanmetrics without k8sattributes, so no series would name a pod`,
    );

/** Span metrics count spans: behind a sampler they count the kept ones only. */
const spanmetricsBeforeSampling: Invariant = (pipelines) =>
  countingPipelines(pipelines)
    .filter((counting) => samplerBefore(counting) !== undefined)
    .map(({ pipeline: { id } }) => `pipeline ${id}: spanmetrics must count spans before they are sampled`);

/** A connector joins pipelines: with one end open the collector refuses to start. */
const connectorsConnected: Invariant = (pipelines) =>
  pipelines.openConnectors().map(({ id, lacks }) => `connector ${id} has no ${lacks}`);

/** Two exporters out of the cluster for the same data mean that everything arrives, and is paid for, twice. */
const oneExporter: Invariant = (pipelines) =>
  doubleExports(pipelines).map(
    ({ source, first, second }) =>
      `${source} leaves by ${first.exporter} (pipeline ${first.pipeline}) and by ${second.exporter} (pipeline ${second.pipeline}): keep one`,
  );

/**
 * The connector refuses a dimension that is named twice. Without a unit it may count in seconds, and without explicit
 * buckets the chart drops the unit: `duration_ms_bucket` would be missing.
 */
const spanMetricsSettings: Invariant = ({ config, all }) =>
  spanMetricsConnectors(all).flatMap((id) => {
    const settings = valueAt(config, 'connectors', id);
    const names = dimensionsOf(settings).map(({ name }) => name);
    const repeated = findDimensionClashes(names).flatMap(({ kind, index }) =>
      kind === 'duplicate' ? (names[index] ?? []) : [],
    );
    return [
      ...[...new Set(repeated)].map(
        (name) => `connector ${id} names dimension ${name} twice: the collector would not start`,
      ),
      ...(textAt(settings, 'histogram', 'unit') === 'ms' ? [] : [`connector ${id}: write histogram.unit: ms`]),
      ...(listAt(settings, 'histogram', 'explicit', 'buckets').length > 0
        ? []
        : [`connector ${id}: write histogram.explicit.buckets`]),
    ];
  });

const invariants: readonly Invariant[] = [
  memoryLimiterFirst,
  k8sattributesBeforeBatch,
  k8sattributesBeforeSpanmetrics,
  spanmetricsBeforeSampling,
  connectorsConnected,
  oneExporter,
  spanMetricsSettings,
];

/** What must hold in every collector, and does not in one. */
export const brokenInvariants = (pipelines: Pipelines): string[] =>
  invariants.flatMap((invariant) => invariant(pipelines));
