import { type Mapping, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import {
  compactDatabaseDimensions,
  compactDatabaseExclusions,
  compactExclusions,
  compactResourceAttributes,
  databaseDimensions,
  dimensionsNamed,
  extraDimensions,
  keepOnly,
  otherThanCompactDatabaseCalls,
  otherThanDatabaseCalls,
  type PresetDimension,
  serviceVersionDimension,
} from '../dimensions.ts';
import type { Draft } from '../draft.ts';
import { isTrue } from '../template.ts';
import { components } from './preset.ts';

export type SpanMetricsKey = 'spanMetrics' | 'spanMetricsMulti';

/** Settings of a span metrics connector as a preset gives them. */
export interface ConnectorProps {
  readonly preset: SpanMetricsKey;
  readonly namespace: string;
  /** Bounds of the histogram. */
  readonly buckets: unknown;
  readonly dimensions: readonly PresetDimension[];
  /** Labels that it leaves out. */
  readonly without: readonly string[];
  /** Whether it has a histogram even where no bounds are given. */
  readonly isBounded?: boolean;
}

/** Adds a span metrics connector. */
export function addConnector(draft: Draft, id: string, values: ChartValues, props: ConnectorProps): void {
  const origins = props.dimensions.map(({ origin }) => origin);
  draft.counter(id, connectorSettings(values, props), origins);
}

function connectorSettings(values: ChartValues, props: ConnectorProps): Mapping {
  const at = (key: string) => values.at('presets', props.preset, key);
  const buckets = Array.isArray(props.buckets) ? props.buckets : [];
  const hasHistogram = props.isBounded === true || buckets.length > 0;
  return {
    namespace: props.namespace,
    add_resource_attributes: true,
    aggregation_cardinality_limit: at('aggregationCardinalityLimit'),
    ...(props.without.length > 0 ? { exclude_dimensions: props.without } : {}),
    ...(hasHistogram ? { histogram: { unit: 'ms', explicit: { buckets } } } : {}),
    ...(props.dimensions.length > 0 ? { dimensions: props.dimensions.map(({ entry }) => entry) } : {}),
    metrics_flush_interval: at('collectionInterval') || '15s',
    metrics_expiration: at('metricsExpiration') || 0,
    series_expiration: at('seriesExpiration') || undefined,
  };
}

/** The label of the collector itself, which the chart leaves out. */
export const ownLabel = 'collector.instance.id';

/** What the metrics beside the main ones have in common with them. */
export interface Extras {
  readonly preset: SpanMetricsKey;
  readonly buckets: unknown;
  /** Processor that mends the status of the metrics. */
  readonly transform: string;
}

/** Metrics of database calls, and both without the names of spans: those that are on, by the connector that leads there. */
export interface ExtrasOn {
  readonly db: boolean;
  readonly compact: boolean;
  readonly dbCompact: boolean;
}

/** Adds the connectors, processors and pipelines of the metrics beside the main ones. */
export function addExtras(draft: Draft, values: ChartValues, extras: Extras, on: ExtrasOn): void {
  if (on.db) {
    addDatabaseMetrics(draft, values, extras);
  }
  if (on.compact) {
    addCompactMetrics(draft, values, extras, compact);
  }
  if (on.dbCompact) {
    addCompactMetrics(draft, values, extras, databaseCompact);
  }
}

function addDatabaseMetrics(draft: Draft, values: ChartValues, { preset, buckets }: Extras): void {
  const hasVersion =
    preset === 'spanMetrics'
      ? values.has('presets', preset, 'dbMetrics', 'serviceVersion', 'enabled')
      : isTrue(valueAt(values.at('presets', preset), 'dbMetrics', 'serviceVersion', 'enabled'));
  const transform = values.has('presets', preset, 'dbMetrics', 'transformStatements') ? ['transform/db'] : [];
  addConnector(draft, 'spanmetrics/db', values, {
    preset,
    namespace: 'db',
    buckets,
    isBounded: true,
    without: [ownLabel],
    dimensions: [
      ...dimensionsNamed('database-metrics', ...databaseDimensions),
      ...(hasVersion ? dimensionsNamed('service-version', serviceVersionDimension) : []),
      ...extraDimensions(values, 'presets', preset, 'dbMetrics'),
    ],
  });
  components(draft, 'connectors', 'forward/db');
  draft.component('processors', 'filter/db_spanmetrics', { traces: { span: otherThanDatabaseCalls } });
  for (const id of transform) {
    const statements = values.texts('presets', preset, 'dbMetrics', 'transformStatements');
    draft.component('processors', id, { error_mode: 'silent', trace_statements: [{ context: 'span', statements }] });
  }
  draft.pipeline('traces/db', {
    receivers: ['forward/db'],
    processors: ['filter/db_spanmetrics', ...transform, 'batch'],
    exporters: ['spanmetrics/db'],
  });
}

/** A kind of span metrics that has fewer labels than the main ones. */
interface Compact {
  readonly name: string;
  /** Where its settings stand below the preset. */
  readonly settings: readonly string[];
  /** Labels that it leaves out. */
  readonly without: readonly string[];
  readonly dimensions: readonly string[];
  /** Processors of the spans, with their settings. */
  readonly processors: Readonly<Record<string, Mapping>>;
  /** Processors that leave only sum and count, where that is wanted. */
  readonly dropHistogram: readonly string[];
}

const keptResource = {
  context: 'resource',
  statements: [keepOnly('resource.attributes', compactResourceAttributes)],
};

const compact: Compact = {
  name: 'compact',
  settings: ['compactMetrics'],
  without: [ownLabel, ...compactExclusions],
  dimensions: [],
  processors: { 'transform/compact': { trace_statements: [keptResource] } },
  dropHistogram: ['transform/compact_histogram', 'filter/drop_histogram'],
};

const databaseCompact: Compact = {
  name: 'db_compact',
  settings: ['dbMetrics', 'compactMetrics'],
  without: [ownLabel, ...compactDatabaseExclusions],
  dimensions: compactDatabaseDimensions,
  processors: {
    'filter/db_compact_spanmetrics': {
      traces: { span: otherThanCompactDatabaseCalls },
    },
    'transform/db_compact': {
      trace_statements: [
        keptResource,
        { context: 'span', statements: [keepOnly('span.attributes', compactDatabaseDimensions)] },
      ],
    },
  },
  dropHistogram: ['transform/db_compact_histogram', 'filter/drop_db_compact_histogram'],
};

function addCompactMetrics(draft: Draft, values: ChartValues, extras: Extras, kind: Compact): void {
  const { preset, buckets, transform } = extras;
  const { name, without } = kind;
  const dimensions = dimensionsNamed('database-metrics', ...kind.dimensions);
  const drops = values.has('presets', preset, ...kind.settings, 'dropHistogram') ? kind.dropHistogram : [];
  addConnector(draft, `spanmetrics/${name}`, values, { preset, namespace: name, buckets, dimensions, without });
  components(draft, 'connectors', `forward/${name}`);
  for (const [id, processor] of Object.entries(kind.processors)) {
    draft.component('processors', id, processor);
  }
  components(draft, 'processors', ...drops);
  draft.pipeline(`traces/${name}`, {
    receivers: [`forward/${name}`],
    processors: [...Object.keys(kind.processors), 'batch'],
    exporters: [`spanmetrics/${name}`],
  });
  draft.pipeline(`metrics/${name}`, {
    receivers: [`spanmetrics/${name}`],
    processors: ['memory_limiter', transform, ...drops, 'batch'],
    exporters: ['coralogix'],
  });
}
