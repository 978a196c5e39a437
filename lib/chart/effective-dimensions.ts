import { type Dimension, dimensionsOf } from '../pipeline/dimensions.ts';
import { Pipelines } from '../pipeline/pipelines.ts';
import { mainSpanMetricsConnector } from '../pipeline/spans.ts';
import { isMapping, type Mapping, mappingAt, valueAt } from '../yaml/value.ts';
import { type RenderedCollector, renderChart } from './chart.ts';
import { subChart } from './names.ts';
import { subCharts } from './sub-charts.ts';
import { dimensionsOfHelmValues } from './values/helm-values.ts';

/**
 * The dimensions of a span metrics connector of the chart, as its configuration holds them.
 *
 * @param collector as helm makes it of values
 */
export function connectorDimensions(
  { configuration, values, draft }: Pick<RenderedCollector, 'configuration' | 'values' | 'draft'>,
  connector: string,
): Dimension[] {
  const settings = valueAt(configuration, 'connectors', connector);
  const byHand = valueAt(values.all, 'config', 'connectors', connector);
  const isByHand = byHand !== undefined && (!isMapping(byHand) || Object.hasOwn(byHand, 'dimensions'));
  return dimensionsOf(settings, 'dimensions', isByHand ? [] : draft.dimensionOrigins(connector));
}

/**
 * The dimensions that the agent's main span metrics have with these values. Connectors beside it, such as that of
 * `spanMetrics.dbMetrics`, have lists of their own, which are not here.
 *
 * @param values values of the chart `otel-integration`
 */
export function effectiveDimensions(values: unknown): readonly Dimension[] {
  const before = isMapping(values) ? (dimensionsOfHelmValues(values) ?? known.get(values)) : undefined;
  const dimensions = before ?? renderedDimensions(values);
  if (isMapping(values)) {
    known.set(values, dimensions);
  }
  return dimensions;
}

/** By values, since a synthesis asks when it validates and when it writes them; they do not change. */
const known = new WeakMap<object, readonly Dimension[]>();

/** The same, as the rendered chart has them. */
export function renderedDimensions(values: unknown): readonly Dimension[] {
  const release = { name: 'release', namespace: 'default' };
  const { collectors } = renderChart('otel-integration', { ...mappingAt(values), ...otherCollectorsOff() }, release);
  const agent = collectors.find(({ chart }) => chart.alias === subChart.agent);
  const connector = mainSpanMetricsConnector(new Pipelines(agent?.configuration ?? {}).all);
  return agent === undefined || connector === undefined ? [] : connectorDimensions(agent, connector);
}

/** No collector's configuration depends on another's: only the agent's is rendered. */
const otherCollectorsOff = (): Mapping =>
  Object.fromEntries(
    subCharts.filter(({ alias }) => alias !== subChart.agent).map(({ alias }) => [alias, { enabled: false }]),
  );
