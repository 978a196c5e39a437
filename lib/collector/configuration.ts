import type {
  Component,
  ComponentKind,
  Connector,
  Exporter,
  Extension,
  Processor,
  Receiver,
  Settings,
} from '../pipeline/component.ts';
import { Pipelines } from '../pipeline/pipelines.ts';
import { spanMetricsConnectors } from '../pipeline/spans.ts';
import { toYaml } from '../yaml/to-yaml.ts';
import type { ExportProps } from './components/exporters.ts';
import { brokenInvariants } from './invariants.ts';

/** Options of every collector of a cluster. */
export interface CollectorProps {
  /** `k8s.cluster.name` of everything that it sends. */
  readonly clusterName: string;
  readonly export: ExportProps;
}

type Signal = 'traces' | 'metrics' | 'logs';

/** The path of one signal through a collector that we configure: in, through the processors in their order, out. */
export interface ConfiguredPipeline {
  /** `signal`, or `signal/name` where a signal has several pipelines. */
  readonly id: Signal | `${Signal}/${string}`;
  readonly receivers: readonly (Receiver | Connector)[];
  readonly processors: readonly Processor[];
  readonly exporters: readonly (Exporter | Connector)[];
}

export interface CollectorConfigurationProps {
  /** What the collector is for, in messages, e.g. `agent`. */
  readonly name: string;
  readonly pipelines: readonly ConfiguredPipeline[];
  /**
   * Extensions, all of them in use.
   *
   * @default - none
   */
  readonly extensions?: readonly Extension[];
  /**
   * `service.telemetry`: what the collector reports of itself.
   *
   * @default - the collector's own defaults
   */
  readonly telemetry?: Settings;
}

/** A collector's configuration in which every part is used and nothing that loses data silently can stand. */
export class CollectorConfiguration {
  readonly name: string;
  readonly pipelines: readonly ConfiguredPipeline[];
  readonly extensions: readonly Extension[];
  private readonly telemetry: Settings | undefined;

  /** @throws Error that names every invariant that does not hold */
  constructor(props: CollectorConfigurationProps) {
    this.name = props.name;
    this.pipelines = props.pipelines;
    this.extensions = props.extensions ?? [];
    this.telemetry = props.telemetry;
    const broken = brokenInvariants(new Pipelines(this.toObject()));
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

/** @throws Error when spans would be counted by more than one of the collectors that they pass */
export function onOneTier(configurations: readonly CollectorConfiguration[]): void {
  const counting = configurations.filter(
    (configuration) => spanMetricsConnectors(new Pipelines(configuration.toObject()).all).length > 0,
  );
  if (counting.length > 1) {
    const names = counting.map(({ name }) => name).join(' and ');
    throw new Error(`${names} count the same spans: keep spanmetrics on the agent alone`);
  }
}
