import { groupBy } from '../group-by.ts';
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
  private readonly bySignal: ReadonlyMap<string, readonly Pipeline[]>;
  private readonly byReceiver: ReadonlyMap<string, readonly Pipeline[]>;
  private readonly byExporter: ReadonlyMap<string, readonly Pipeline[]>;
  private readonly connectors: Mapping;

  constructor(config: Mapping) {
    this.config = config;
    this.connectors = mappingAt(config, 'connectors');
    this.all = Object.entries(mappingAt(config, 'service', 'pipelines')).flatMap(([id, pipeline]) =>
      isMapping(pipeline) ? [readPipeline(id, pipeline)] : [],
    );
    this.bySignal = groupBy(this.all, ({ signal }) => signal);
    this.byReceiver = byComponent(this.all, 'receivers');
    this.byExporter = byComponent(this.all, 'exporters');
  }

  /** Those of one signal. */
  of(signal: string): readonly Pipeline[] {
    return this.bySignal.get(signal) ?? [];
  }

  /** The pipelines that have a component of one of these types. */
  with(part: 'receivers' | 'processors' | 'exporters', ...types: readonly string[]): Pipeline[] {
    return this.all.filter((pipeline) => pipeline[part].some((id) => types.includes(componentType(id))));
  }

  isConnector(id: string): boolean {
    return Object.hasOwn(this.connectors, id);
  }

  /** The pipelines that export to a connector. */
  sourcesOf(connector: string): readonly Pipeline[] {
    return this.byExporter.get(connector) ?? [];
  }

  /** The pipelines that receive what comes out of a connector. */
  consumersOf(connector: string): readonly Pipeline[] {
    const signal = signalsOut.get(componentType(connector));
    const consumers = this.byReceiver.get(connector) ?? [];
    return signal === undefined ? consumers : consumers.filter((pipeline) => pipeline.signal === signal);
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

  /**
   * A pipeline and all that feed it through connectors, the nearest first.
   *
   * @param without pipelines that are left out, with what feeds them alone
   */
  *upstream(pipeline: Pipeline, without: ReadonlySet<Pipeline> = new Set()): Iterable<Pipeline> {
    const found = new Set(without.has(pipeline) ? [] : [pipeline]);
    const followed = new Set<string>();
    for (const current of found) {
      yield current;
      for (const id of current.receivers.filter((receiver) => this.isConnector(receiver) && !followed.has(receiver))) {
        followed.add(id);
        for (const source of this.sourcesOf(id)) {
          if (!without.has(source)) {
            found.add(source);
          }
        }
      }
    }
  }
}

function byComponent(pipelines: readonly Pipeline[], part: 'receivers' | 'exporters'): Map<string, Pipeline[]> {
  const found = new Map<string, Pipeline[]>();
  for (const pipeline of pipelines) {
    for (const id of new Set(pipeline[part])) {
      const known = found.get(id) ?? [];
      known.push(pipeline);
      found.set(id, known);
    }
  }
  return found;
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
