import type { EffectiveDimension } from '../chart/effective-dimensions.ts';
import { listAt, type Mapping, textAt } from '../yaml/value.ts';
import { mainSpanMetricsConnector } from './connectors.ts';
import type { CollectorPipeline } from './pipeline.ts';

/** Dimensions of the span metrics that a configuration names; none where no pipeline makes span metrics. */
export function configuredDimensions(config: Mapping, pipelines: readonly CollectorPipeline[]): EffectiveDimension[] {
  const connector = mainSpanMetricsConnector(pipelines);
  return connector === undefined
    ? []
    : listAt(config, 'connectors', connector, 'dimensions').flatMap((dimension) => {
        const name = textAt(dimension, 'name') ?? textAt(dimension, 'glob');
        return name === undefined ? [] : [{ name, origin: 'connector-config' as const }];
      });
}
