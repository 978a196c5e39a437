import type { Exporter, Processor } from '../pipeline/component.ts';
import type { ExportProps } from './collector-props.ts';
import { coralogixExporter } from './components/coralogix-exporter.ts';
import { coralogixNames } from './components/coralogix-names.ts';
import { otlpExporter } from './components/otlp-exporter.ts';

/** How a pipeline ends. */
export interface PipelineEnd {
  /** What must be done to the data first; before `batch`, so that it is done once a resource. */
  readonly processors: readonly Processor[];
  readonly exporter: Exporter;
}

/** The `coralogix` exporter takes application and subsystem from the data; plain OTLP needs them as attributes. */
export const pipelineEnd = (props: ExportProps): PipelineEnd =>
  props.type === 'coralogix'
    ? { processors: [], exporter: coralogixExporter(props.domain) }
    : { processors: [coralogixNames()], exporter: otlpExporter(props) };
