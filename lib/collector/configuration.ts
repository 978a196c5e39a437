import type { Component, ComponentKind, Extension, Settings } from '../pipeline/component.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import { invariants } from './invariants.ts';
import type { Pipeline } from './pipeline/pipeline.ts';

export interface CollectorConfigurationProps {
  /** What the collector is for, in messages, e.g. `agent`. */
  readonly name: string;
  readonly pipelines: readonly Pipeline[];
  /**
   * Extensions, all of them in use.
   *
   * @default - none
   */
  readonly extensions?: readonly Extension[];
  /**
   * `service.telemetry`: what the collector says of itself.
   *
   * @default - the collector's own defaults
   */
  readonly telemetry?: Settings;
}

/** A collector's configuration in which every part is used and nothing that loses data silently can stand. */
export class CollectorConfiguration {
  readonly name: string;
  readonly pipelines: readonly Pipeline[];
  readonly extensions: readonly Extension[];
  private readonly telemetry: Settings | undefined;

  /** @throws Error that names every invariant that does not hold */
  constructor(props: CollectorConfigurationProps) {
    this.name = props.name;
    this.pipelines = props.pipelines;
    this.extensions = props.extensions ?? [];
    this.telemetry = props.telemetry;
    const broken = invariants.flatMap((invariant) => invariant(this.pipelines));
    if (broken.length > 0) {
      throw new Error(broken.map((message) => `${props.name}: ${message}`).join('\n'));
    }
  }

  /** Every component, once, in the order in which a signal meets them. */
  get components(): Component[] {
    const used = this.pipelines.flatMap(({ receivers, processors, exporters }) => [
      ...receivers,
      ...processors,
      ...exporters,
    ]);
    return [...new Map([...this.extensions, ...used].map((part) => [`${part.kind} ${part.id}`, part])).values()];
  }

  /** The configuration as the collector reads it. */
  toObject(): Settings {
    const section = (kind: ComponentKind): Settings | undefined => {
      const parts = this.components.filter((component) => component.kind === kind);
      return parts.length === 0 ? undefined : Object.fromEntries(parts.map(({ id, settings }) => [id, settings]));
    };
    const ids = (parts: readonly Component[]) => parts.map(({ id }) => id);
    return {
      receivers: section('receiver'),
      processors: section('processor'),
      connectors: section('connector'),
      exporters: section('exporter'),
      extensions: section('extension'),
      service: {
        extensions: ids(this.extensions),
        pipelines: Object.fromEntries(
          this.pipelines.map(({ id, receivers, processors, exporters }) => [
            id,
            { receivers: ids(receivers), processors: ids(processors), exporters: ids(exporters) },
          ]),
        ),
        telemetry: this.telemetry,
      },
    };
  }

  toYaml(): string {
    return toYaml(this.toObject());
  }
}
