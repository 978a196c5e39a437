import { type Dimension, dimensionsOf } from '../pipeline/dimensions.ts';
import { pipelinesOf } from '../pipeline/pipelines.ts';
import { isMapping, valueAt } from '../yaml/value.ts';
import { type RenderedCollector, renderChart, valuesOf } from './chart.ts';
import { subChart } from './names.ts';

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
  return dimensionsOf(settings, isByHand ? [] : draft.dimensionOrigins(connector));
}

/**
 * The dimensions that the agent's span metrics have with these values. What the presets `spanMetrics.dbMetrics` and
 * `spanMetricsMulti` make has lists of its own, which are not here.
 *
 * @param values values of the chart `otel-integration`
 */
export function effectiveDimensions(values: unknown): Dimension[] {
  const { collectors } = renderChart('otel-integration', valuesOf(values), { name: 'release', namespace: 'default' });
  const agent = collectors.find(({ chart }) => chart.alias === subChart.agent);
  const isUsed = pipelinesOf(agent?.configuration ?? {}).some(({ exporters }) => exporters.includes(mainConnector));
  return agent === undefined || !isUsed ? [] : connectorDimensions(agent, mainConnector);
}

const mainConnector = 'spanmetrics';
