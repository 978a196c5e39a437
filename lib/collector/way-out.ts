import type { ExportProps } from './collector-props.ts';
import { coralogixExporter } from './components/coralogix-exporter.ts';
import { coralogixNames } from './components/coralogix-names.ts';
import { forward } from './components/forward.ts';
import { otlpExporter } from './components/otlp-exporter.ts';
import type { Exporter } from './pipeline/component.ts';
import type { Pipeline, Signal } from './pipeline/pipeline.ts';

/**
 * Gives a pipeline its way out of the cluster.
 *
 * The `coralogix` exporter takes application and subsystem from the data. Plain OTLP needs them as attributes; where
 * something else reads the pipeline too, they are added behind it, or every span metric would carry them as labels.
 */
export function wayOut(props: ExportProps): (signal: Signal, pipeline: Omit<Pipeline, 'id'>) => Pipeline[] {
  if (props.type === 'coralogix') {
    const exporter = coralogixExporter(props.domain);
    return (signal, pipeline) => [{ id: signal, ...pipeline, exporters: [...pipeline.exporters, exporter] }];
  }
  const exporter = otlpExporter(props);
  return (signal, pipeline) =>
    pipeline.exporters.length === 0 ? [named(signal, pipeline, exporter)] : branched(signal, pipeline, exporter);
}

function named(id: Pipeline['id'], pipeline: Omit<Pipeline, 'id'>, exporter: Exporter): Pipeline {
  return { id, ...pipeline, processors: [...pipeline.processors, coralogixNames()], exporters: [exporter] };
}

function branched(signal: Signal, pipeline: Omit<Pipeline, 'id'>, exporter: Exporter): Pipeline[] {
  const branch = forward(signal);
  return [
    { id: signal, ...pipeline, exporters: [...pipeline.exporters, branch] },
    named(`${signal}/coralogix`, { receivers: [branch], processors: [], exporters: [] }, exporter),
  ];
}
