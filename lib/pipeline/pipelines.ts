import { isMapping, listAt, type Mapping, mappingAt } from '../yaml/value.ts';
import { componentType } from './component.ts';

/** One pipeline of a collector, by the ids of its components. */
export interface Pipeline {
  readonly id: string;
  /** `traces`, `metrics`, `logs` or `profiles`. */
  readonly signal: string;
  readonly receivers: readonly string[];
  readonly processors: readonly string[];
  readonly exporters: readonly string[];
}

/** A connector with one end open; the collector refuses to start with it. */
export interface OpenConnector {
  readonly id: string;
  readonly lacks: 'consumer' | 'source';
}

/**
 * The pipelines of a collector configuration, as the graph that its connectors make of them.
 *
 * @see https://opentelemetry.io/docs/collector/architecture/
 */
export class Pipelines {
  /** In the order of the configuration. */
  readonly all: readonly Pipeline[];
  readonly config: Mapping;

  constructor(config: Mapping) {
    this.config = config;
    this.all = Object.entries(mappingAt(config, 'service', 'pipelines')).flatMap(([id, pipeline]) =>
      isMapping(pipeline) ? [readPipeline(id, pipeline)] : [],
    );
  }

  /** Those of one signal. */
  of(signal: string): Pipeline[] {
    return this.all.filter((pipeline) => pipeline.signal === signal);
  }

  /** The pipelines that have a component of one of these types. */
  with(part: 'receivers' | 'processors' | 'exporters', ...types: readonly string[]): Pipeline[] {
    return this.all.filter((pipeline) => pipeline[part].some((id) => types.includes(componentType(id))));
  }

  isConnector(id: string): boolean {
    return Object.hasOwn(mappingAt(this.config, 'connectors'), id);
  }

  /** The pipelines that export to a connector. */
  sourcesOf(connector: string): Pipeline[] {
    return this.all.filter(({ exporters }) => exporters.includes(connector));
  }

  /** The pipelines that receive what comes out of a connector. */
  consumersOf(connector: string): Pipeline[] {
    const signal = signalsOut.get(componentType(connector));
    const candidates = signal === undefined ? this.all : this.of(signal);
    return candidates.filter(({ receivers }) => receivers.includes(connector));
  }

  /** The connectors in use that have one end open. */
  openConnectors(): OpenConnector[] {
    const ends = (side: 'receivers' | 'exporters') => [
      ...new Set(this.all.flatMap((pipeline) => pipeline[side]).filter((id) => this.isConnector(id))),
    ];
    return [
      ...ends('exporters')
        .filter((id) => this.consumersOf(id).length === 0)
        .map((id): OpenConnector => ({ id, lacks: 'consumer' })),
      ...ends('receivers')
        .filter((id) => this.sourcesOf(id).length === 0)
        .map((id): OpenConnector => ({ id, lacks: 'source' })),
    ];
  }

  /** A pipeline and all that feed it through connectors. */
  upstream(pipeline: Pipeline): Pipeline[] {
    const found = new Set([pipeline]);
    for (const { receivers } of found) {
      for (const id of receivers.filter((receiver) => this.isConnector(receiver))) {
        for (const source of this.sourcesOf(id)) {
          found.add(source);
        }
      }
    }
    return [...found];
  }
}

/** What comes out of the connectors that do not pass data on as the signal that came in. */
const signalsOut: ReadonlyMap<string, string> = new Map([
  ['spanmetrics', 'metrics'],
  ['servicegraph', 'metrics'],
  ['count', 'metrics'],
]);

function readPipeline(id: string, pipeline: Mapping): Pipeline {
  const ids = (part: string) => listAt(pipeline, part).filter((entry) => typeof entry === 'string');
  return {
    id,
    signal: id.split('/', 1)[0] ?? id,
    receivers: ids('receivers'),
    processors: ids('processors'),
    exporters: ids('exporters'),
  };
}

/** The first processor of one of these types. */
export const processorOf = ({ processors }: Pipeline, ...types: readonly string[]): string | undefined =>
  processors.find((id) => types.includes(componentType(id)));
