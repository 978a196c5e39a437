import { textAt, valueAt } from '../../yaml/value.ts';
import { errorTrackingDimensions, serviceVersionDimension } from '../chart-dimensions.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import type { Preset } from './preset.ts';
import { replaceNames } from './span-metrics.ts';
import { dimensionsNamed, spanMetricsConnector } from './span-metrics-connector.ts';
import { addSpanMetricsExtras } from './span-metrics-extras.ts';

const key = 'spanMetricsMulti';
const transform = 'transform/spanmetricsmulti';

/** Span metrics with other histograms for some spans than for others: a routing connector parts them. */
export const spanMetricsMulti: Preset = {
  key,
  apply(draft, values) {
    const branches = [...values.list('presets', key, 'configs').keys()].map(String);
    const buckets = ['presets', key, 'defaultHistogramBuckets'];
    const receivedBefore = draft.ids('metrics', 'receivers');
    addConnectors(draft, values, branches);
    draft.component('processors', transform);
    const extras = addSpanMetricsExtras(draft, values, { preset: key, buckets, transform });
    const exportersBefore = draft.ids('traces', 'exporters');
    for (const branch of [...branches, 'default']) {
      draft.pipeline(`traces/${branch}`, {
        receivers: ['routing'],
        processors: ['batch'],
        exporters: [...exportersBefore, `spanmetrics/${branch}`],
      });
      draft.append('metrics', 'receivers', `spanmetrics/${branch}`);
    }
    // Those of the databases stand behind all that were added with them.
    const added = draft.ids('metrics', 'receivers').filter((id) => !receivedBefore.includes(id));
    const [database, others] = [
      added.filter((id) => id === 'spanmetrics/db'),
      added.filter((id) => id !== 'spanmetrics/db'),
    ];
    draft.replace('metrics', 'receivers', [...receivedBefore, ...others, ...database]);
    draft.replace('traces', 'exporters', ['routing', ...extras]);
    if (values.has('presets', key, 'transformStatements')) {
      draft.append('traces', 'processors', transform);
    }
    replaceNames(draft, values, key);
    draft.append('metrics', 'processors', transform);
    const exporters = draft.ids('metrics', 'exporters');
    for (const compact of ['metrics/compact', 'metrics/db_compact']) {
      draft.replace(compact, 'exporters', exporters.length > 0 ? exporters : ['coralogix']);
    }
  },
};

function addConnectors(draft: Draft, values: ChartValues, branches: readonly string[]): void {
  const namespace = values.text('presets', key, 'namespace');
  const shared = { preset: key, dimensions: dimensions(values), isOneOfMany: true };
  draft.component('connectors', 'routing', {
    default_pipelines: ['traces/default'],
    table: values.list('presets', key, 'configs').map((config, index) => ({
      statement: textAt(config, 'selector'),
      pipelines: [`traces/${index}`],
    })),
  });
  for (const branch of branches) {
    const buckets = ['presets', key, 'configs', Number(branch), 'histogramBuckets'];
    const connector = spanMetricsConnector(values, { ...shared, namespace: namespace ?? '', buckets });
    draft.component('connectors', `spanmetrics/${branch}`, connector);
  }
  const own = namespace ?? values.text('presets', 'spanMetrics', 'namespace') ?? '';
  const buckets = ['presets', key, 'defaultHistogramBuckets'];
  const connector = spanMetricsConnector(values, { ...shared, namespace: own, buckets });
  draft.component('connectors', 'spanmetrics/default', connector);
}

function dimensions(values: ChartValues): readonly unknown[] {
  const listed = values.list('presets', key, 'extraDimensions');
  const tracking = values.at('presets', key, 'errorTracking', 'enabled') === undefined ? 'spanMetrics' : key;
  const appended = [
    ...(values.has('presets', tracking, 'errorTracking', 'enabled') ? errorTrackingDimensions : []),
    ...(values.has('presets', key, 'serviceVersion', 'enabled') ? [serviceVersionDimension] : []),
  ];
  const names = new Set(listed.map((entry) => valueAt(entry, 'name')));
  return [...listed, ...dimensionsNamed(...appended.filter((name) => !names.has(name)))];
}
