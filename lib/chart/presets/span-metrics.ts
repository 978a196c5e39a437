import { isMapping, textAt, valueAt } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import {
  dimensionsNamed,
  errorTrackingDimensions,
  extraDimensions,
  type PresetDimension,
  serviceVersionDimension,
} from '../dimensions.ts';
import type { Draft } from '../draft.ts';
import { fieldOf, isTrue, TemplateError } from '../template.ts';
import type { Preset } from './preset.ts';
import { addConnector, addExtras, type ExtrasOn, ownLabel, type SpanMetricsKey } from './span-metrics-connectors.ts';

const forwards: readonly (readonly [keyof ExtrasOn, string])[] = [
  ['db', 'forward/db'],
  ['compact', 'forward/compact'],
  ['dbCompact', 'forward/db_compact'],
];

/** Texts of both presets that stand in YAML as they are. */
const textsOf = (key: SpanMetricsKey) => (values: ChartValues) => {
  const preset = values.mapping('presets', key);
  const database = valueAt(preset, 'dbMetrics');
  const listed = (value: unknown) => (Array.isArray(value) ? value : []);
  return {
    plain: [
      ...listed(preset['transformStatements']),
      ...listed(valueAt(database, 'transformStatements')),
      ...listed(preset['spanNameReplacePattern']).map(replacement),
    ],
    quoted: [
      ...['namespace', 'collectionInterval', 'metricsExpiration', 'seriesExpiration'].map((name) => preset[name]),
      // It falls back on that of the other preset.
      ...(isTrue(preset['namespace']) ? [] : [valueAt(values.mapping('presets', 'spanMetrics'), 'namespace')]),
    ],
  };
};

const replacement = (pattern: unknown): string =>
  `replace_pattern(span.name, "${textAt(pattern, 'regex') ?? ''}", "${textAt(pattern, 'replacement') ?? ''}")`;

/** Metrics of requests, errors and durations, made of spans. */
const spanMetrics: Preset = {
  key: 'spanMetrics',
  texts: textsOf('spanMetrics'),
  apply(draft, values) {
    const key = 'spanMetrics';
    const on = (...path: readonly string[]) => values.has('presets', key, ...path, 'enabled');
    const extras: ExtrasOn = {
      db: on('dbMetrics'),
      compact: on('compactMetrics'),
      dbCompact: on('dbMetrics', 'compactMetrics'),
    };
    const buckets = values.at('presets', key, 'histogramBuckets');
    addConnector(draft, 'spanmetrics', values, {
      preset: key,
      namespace: values.text('presets', key, 'namespace') ?? '',
      buckets,
      without: [ownLabel],
      dimensions: dimensions(values),
    });
    addExtras(draft, values, { preset: key, buckets, transform: 'transform/spanmetrics' }, extras);
    addTransforms(draft, values, key, 'transform/spanmetrics');
    draft.append('traces', 'exporters', 'spanmetrics', ...forwards.flatMap(([name, id]) => (extras[name] ? [id] : [])));
    draft.append('traces', 'processors', 'transform/spanmetrics');
    draft.append('metrics', 'processors', 'transform/spanmetrics');
    if (values.has('presets', key, 'spanNameReplacePattern')) {
      draft.mustPrepend('traces', 'processors', 'transform/span_name');
    }
    draft.append('metrics', 'receivers', 'spanmetrics', ...(extras.db ? ['spanmetrics/db'] : []));
  },
};

/** Statements that the values give, for the names and attributes of spans. */
function addTransforms(draft: Draft, values: ChartValues, key: SpanMetricsKey, transform: string): void {
  const path = ['presets', key, 'spanNameReplacePattern'];
  const patterns = values.list(...path);
  for (const pattern of patterns) {
    fieldOf(pattern, '$pattern', ['regex'], path);
  }
  const statements = values.texts('presets', key, 'transformStatements');
  const spans = (entries: readonly string[]) => ({ trace_statements: [{ context: 'span', statements: entries }] });
  draft.component('processors', transform, {
    error_mode: 'silent',
    ...(statements.length > 0 ? spans(statements) : {}),
  });
  if (patterns.length > 0) {
    draft.component('processors', 'transform/span_name', spans(patterns.map(replacement)));
  }
}

const dimensions = (values: ChartValues): readonly PresetDimension[] => [
  ...extraDimensions(values, 'presets', 'spanMetrics'),
  ...(values.has('presets', 'spanMetrics', 'errorTracking', 'enabled')
    ? dimensionsNamed('error-tracking', ...errorTrackingDimensions)
    : []),
  ...(values.has('presets', 'spanMetrics', 'serviceVersion', 'enabled')
    ? dimensionsNamed('service-version', serviceVersionDimension)
    : []),
];

const multi = 'spanMetricsMulti';
const multiTransform = 'transform/spanmetricsmulti';

/** Span metrics with other histograms for some spans than for others: a routing connector parts them. */
const spanMetricsMulti: Preset = {
  key: multi,
  texts: textsOf(multi),
  apply(draft, values) {
    const configs = values.list('presets', multi, 'configs');
    const branches = [...configs.keys()].map(String);
    const on = (...path: readonly string[]) => isTrue(valueAt(values.at('presets', multi), ...path, 'enabled'));
    const extras: ExtrasOn = {
      db: on('dbMetrics'),
      compact: on('compactMetrics'),
      dbCompact: on('dbMetrics', 'compactMetrics'),
    };
    addConnectors(draft, values, configs);
    const buckets = values.at('presets', multi, 'defaultHistogramBuckets');
    addExtras(draft, values, { preset: multi, buckets, transform: multiTransform }, extras);
    addTransforms(draft, values, multi, multiTransform);
    addBranches(draft, [...branches, 'default']);
    const leads = forwards.flatMap(([name, id]) => (extras[name] ? [id] : []));
    draft.replace('traces', 'exporters', ['routing', ...leads]);
    if (values.has('presets', multi, 'transformStatements')) {
      draft.append('traces', 'processors', multiTransform);
    }
    if (values.has('presets', multi, 'spanNameReplacePattern') && draft.has('traces')) {
      draft.mustPrepend('traces', 'processors', 'transform/span_name');
    }
    if (draft.has('metrics')) {
      addToMetrics(draft, branches, extras.db);
    }
  },
};

function addConnectors(draft: Draft, values: ChartValues, configs: readonly unknown[]): void {
  const namespace = values.text('presets', multi, 'namespace');
  const selectors = configs.map((config) => fieldOf(config, '$cfg', ['selector'], ['presets', multi, 'configs']));
  const shared = { preset: multi, dimensions: multiDimensions(values), without: [], isBounded: true } as const;
  draft.component('connectors', 'routing', {
    default_pipelines: ['traces/default'],
    error_mode: 'ignore',
    table: selectors.map((statement, index) => ({ statement, pipelines: [`traces/${index}`] })),
  });
  const add = (branch: string, own: string, buckets: unknown) =>
    addConnector(draft, `spanmetrics/${branch}`, values, { ...shared, namespace: own, buckets });
  const own = namespace ?? values.text('presets', 'spanMetrics', 'namespace') ?? '';
  add('default', own, values.at('presets', multi, 'defaultHistogramBuckets'));
  for (const [index, config] of configs.entries()) {
    add(String(index), namespace ?? '', valueAt(config, 'histogramBuckets'));
  }
}

/** Each branch of the routing counts what it gets, and sends it where all traces went before. */
function addBranches(draft: Draft, branches: readonly string[]): void {
  const traces = draft.get('traces');
  if (!isMapping(traces)) {
    const reason = 'error calling deepCopy: reflect: call of reflect.Value.Type on zero Value';
    const expression = 'deepCopy $config.service.pipelines.traces';
    throw new TemplateError(reason, expression, ['config', 'service', 'pipelines', 'traces']);
  }
  const exporters = draft.ids('traces', 'exporters');
  for (const branch of branches) {
    draft.branch(`traces/${branch}`, {
      ...traces,
      receivers: ['routing'],
      processors: ['batch'],
      exporters: [...exporters, `spanmetrics/${branch}`],
    });
  }
}

function addToMetrics(draft: Draft, branches: readonly string[], isDatabaseOn: boolean): void {
  const exporters = draft.ids('metrics', 'exporters');
  for (const branch of [...branches, 'default']) {
    draft.mustAppend('metrics', 'receivers', `spanmetrics/${branch}`);
  }
  draft.append('metrics', 'receivers', ...(isDatabaseOn ? ['spanmetrics/db'] : []));
  draft.append('metrics', 'processors', multiTransform);
  for (const compact of ['metrics/compact', 'metrics/db_compact']) {
    draft.replace(compact, 'exporters', exporters.length > 0 ? exporters : ['coralogix']);
  }
}

function multiDimensions(values: ChartValues): readonly PresetDimension[] {
  const listed = extraDimensions(values, 'presets', multi);
  const tracking = values.at('presets', multi, 'errorTracking');
  const isTracking =
    isMapping(tracking) && Object.hasOwn(tracking, 'enabled')
      ? isTrue(tracking['enabled'])
      : values.has('presets', 'spanMetrics', 'errorTracking', 'enabled');
  const hasVersion = isTrue(valueAt(values.at('presets', multi), 'serviceVersion', 'enabled'));
  const names = new Set(listed.map(({ entry }) => nameOf(entry)));
  const unlisted = (...all: readonly string[]) => all.filter((name) => !names.has(name));
  return [
    ...listed,
    ...(isTracking ? dimensionsNamed('error-tracking', ...unlisted(...errorTrackingDimensions)) : []),
    ...(hasVersion ? dimensionsNamed('service-version', ...unlisted(serviceVersionDimension)) : []),
  ];
}

/** A template asks each entry for its name, which only a mapping has. */
function nameOf(entry: unknown): unknown {
  if (isMapping(entry)) {
    return entry['name'];
  }
  const isNull = entry === null || entry === undefined;
  throw new TemplateError(
    isNull ? 'nil pointer evaluating interface {}.name' : "can't evaluate field name in type interface {}",
    '.name',
    ['presets', multi, 'extraDimensions'],
  );
}

export const spanMetricPresets = { spanMetrics, spanMetricsMulti };
