import { componentType } from './component.ts';
import type { CollectorPipeline } from './pipelines.ts';

/** Ids of the span metrics connectors that traces are sent to. */
export const spanMetricsConnectors = (pipelines: readonly CollectorPipeline[]): string[] => [
  ...new Set(
    pipelines
      .filter(({ signal }) => signal === 'traces')
      .flatMap(({ exporters }) => exporters.filter((id) => componentType(id) === 'spanmetrics')),
  ),
];

/** The span metrics connector whose metrics are `calls_total` and the like, where there are several. */
export function mainSpanMetricsConnector(pipelines: readonly CollectorPipeline[]): string | undefined {
  const connectors = spanMetricsConnectors(pipelines);
  const plain = connectors.find((id) => !id.includes('/'));
  return plain ?? connectors.find((id) => id.endsWith('/default')) ?? connectors[0];
}
