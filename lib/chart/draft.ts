import type { DimensionOrigin } from '../pipeline/dimensions.ts';
import { isMapping, type Mapping, mappingAt, textListAt, valueAt } from '../yaml/value.ts';
import { fieldOf, hasEntry, isTrue, wantList, wantMapping } from './template.ts';

export type ComponentSection = 'receivers' | 'processors' | 'exporters';
export type Section = ComponentSection | 'connectors' | 'extensions';
export type Parts = Readonly<Record<ComponentSection, readonly unknown[]>>;

/** Merges mappings key by key; anything else, an empty list and null included, replaces what was there. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) {
    return over;
  }
  const both = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    both.set(key, both.has(key) ? merged(both.get(key), value) : value);
  }
  return Object.fromEntries(both);
}

/**
 * A collector's configuration while the chart's presets add to it, one after the other. What a template would stop at,
 * such as a pipeline that values have taken away, a draft throws.
 */
export class Draft {
  private config: Mapping;
  private readonly origins = new Map<string, string>();
  private readonly dimensions = new Map<string, readonly DimensionOrigin[]>();
  private preset = '';
  /** Whether the settings of the preset are no YAML. */
  isLost = false;

  /** @param config what the values configure by hand, which wins over every preset */
  constructor(config: Mapping) {
    this.config = config;
  }

  /**
   * What is added from now on is this preset's.
   *
   * @param isLost whether the preset's settings are no YAML: then helm adds none of them, and refers to them all the same
   */
  by(preset: string, isLost = false): this {
    this.preset = preset;
    this.isLost = isLost;
    return this;
  }

  /** The preset that brought a component. */
  originOf(section: string, id: string): string | undefined {
    return this.origins.get(`${section} ${id}`);
  }

  /** What put the dimensions into the configuration of a connector, in their order. */
  dimensionOrigins(connector: string): readonly DimensionOrigin[] {
    return this.dimensions.get(connector) ?? [];
  }

  /** Adds a connector that counts spans. */
  counter(id: string, settings: Mapping, origins: readonly DimensionOrigin[]): void {
    if (!this.isLost && !this.dimensions.has(id)) {
      this.dimensions.set(id, origins);
    }
    this.component('connectors', id, settings);
  }

  /** Adds a component; what the values say of it by hand wins. */
  component(section: Section, id: string, settings: unknown = {}): void {
    if (this.isLost) {
      return;
    }
    const present = Object.hasOwn(this.config, section) ? this.config[section] : {};
    if (isMapping(present)) {
      const both = Object.hasOwn(present, id) ? merged(settings, present[id]) : settings;
      this.config = { ...this.config, [section]: { ...present, [id]: both } };
    }
    if (!this.origins.has(`${section} ${id}`)) {
      this.origins.set(`${section} ${id}`, this.preset);
    }
  }

  /** Adds a pipeline; what the values say of it by hand wins. */
  pipeline(id: string, parts: Parts): void {
    this.below({ service: { pipelines: { [id]: parts } } });
  }

  /** Adds a pipeline that is no part of the preset's settings, so that it is there even when those are lost. */
  branch(id: string, parts: Parts): void {
    this.config = mappingAt({ both: merged({ service: { pipelines: { [id]: parts } } }, this.config) }, 'both');
  }

  /** Adds settings; those that are there win. */
  below(settings: Mapping): void {
    if (!this.isLost) {
      this.config = mappingAt({ both: merged(settings, this.config) }, 'both');
    }
  }

  /** Adds settings, which win over those that are there. */
  above(settings: Mapping): void {
    this.config = mappingAt({ both: merged(this.config, settings) }, 'both');
  }

  /** What is configured so far. */
  get settings(): Mapping {
    return this.config;
  }

  get pipelineIds(): string[] {
    return Object.keys(mappingAt(this.config, 'service', 'pipelines')).sort();
  }

  /** A pipeline, where templates ask for it first. */
  has(pipeline: string): boolean {
    return isTrue(this.get(pipeline));
  }

  ids(pipeline: string, part: ComponentSection): string[] {
    return textListAt(this.config, 'service', 'pipelines', pipeline, part);
  }

  /** Gives a pipeline, if there is one, an empty list where it has none. */
  start(pipeline: string, part: ComponentSection): void {
    if (this.has(pipeline) && !isTrue(valueAt(this.get(pipeline), part))) {
      this.put(pipeline, part, []);
    }
  }

  /** Puts an id behind those of a pipeline, if there is one; an id that is there already stays where it is. */
  append(pipeline: string, part: ComponentSection, ...ids: readonly string[]): void {
    for (const id of ids) {
      if (this.has(pipeline) && !this.includes(pipeline, part, id)) {
        this.put(pipeline, part, [...this.list(pipeline, part, 'append'), id]);
      }
    }
  }

  /** The same where a template takes it for granted that there is such a pipeline. */
  mustAppend(pipeline: string, part: ComponentSection, id: string): void {
    wantMapping(this.get(pipeline), pipelineName(pipeline), pipelinePath(pipeline));
    this.put(pipeline, part, [...this.list(pipeline, part, 'append'), id]);
  }

  /** Puts an id before those of a pipeline, if there is one; one that is there already stays where it is. */
  prepend(pipeline: string, part: ComponentSection, id: string): void {
    if (this.has(pipeline) && !this.includes(pipeline, part, id)) {
      this.mustPrepend(pipeline, part, id);
    }
  }

  mustPrepend(pipeline: string, part: ComponentSection, id: string): void {
    wantMapping(this.get(pipeline), pipelineName(pipeline), pipelinePath(pipeline));
    this.put(pipeline, part, [id, ...this.list(pipeline, part, 'prepend')]);
  }

  /** Whether a pipeline names an id; false where it has no such list. */
  includes(pipeline: string, part: ComponentSection, id: string): boolean {
    return hasEntry(valueAt(this.get(pipeline), part), id, pipelinePath(pipeline, part));
  }

  replace(pipeline: string, part: ComponentSection, ids: readonly unknown[]): void {
    if (this.has(pipeline)) {
      this.put(pipeline, part, ids);
    }
  }

  /** Puts an extension behind those that the collector starts. */
  extension(id: string, isGuarded: boolean): void {
    const service = fieldOf(this.config, '$config', ['service']);
    const named = fieldOf(service, '$config.service', ['extensions'], ['config', 'service']);
    if (isGuarded && (!isTrue(named) || hasEntry(named, id))) {
      return;
    }
    const path = ['config', 'service', 'extensions'];
    this.set({ extensions: [...new Set([...wantList(named, 'append', path), id])] });
  }

  /** Keeps some of the pipelines. */
  keep(isKept: (id: string, pipeline: unknown) => boolean): void {
    const pipelines = Object.entries(mappingAt(this.config, 'service', 'pipelines'));
    this.set({ pipelines: Object.fromEntries(pipelines.filter(([id, pipeline]) => isKept(id, pipeline))) });
  }

  /** A pipeline as it is, or nothing. */
  get(pipeline: string): unknown {
    return fieldOf(this.config, '$config', ['service', 'pipelines', pipeline], pipelinePath(pipeline).slice(0, -1));
  }

  /** The configuration, with its pipelines in the order in which the chart writes them. */
  toConfiguration(): Mapping {
    const pipelines = mappingAt(this.config, 'service', 'pipelines');
    const sorted = Object.fromEntries(this.pipelineIds.map((id) => [id, pipelines[id]] as const));
    return isMapping(valueAt(this.config, 'service', 'pipelines'))
      ? { ...this.config, service: { ...mappingAt(this.config, 'service'), pipelines: sorted } }
      : this.config;
  }

  private list(pipeline: string, part: ComponentSection, name: 'append' | 'prepend'): readonly unknown[] {
    return wantList(valueAt(this.get(pipeline), part), name, pipelinePath(pipeline, part));
  }

  /** Writes a list of a pipeline, which is there. */
  put(pipeline: string, part: string, ids: readonly unknown[] | null): void {
    const before = wantMapping(this.get(pipeline), pipelineName(pipeline), pipelinePath(pipeline));
    const pipelines = mappingAt(this.config, 'service', 'pipelines');
    this.set({
      pipelines: { ...pipelines, [pipeline]: { ...before, [part]: ids === null ? null : [...new Set(ids)] } },
    });
  }

  private set(service: Mapping): void {
    this.config = { ...this.config, service: { ...mappingAt(this.config, 'service'), ...service } };
  }
}

const pipelineName = (pipeline: string): string => `$config.service.pipelines.${pipeline}`;

const pipelinePath = (pipeline: string, part?: ComponentSection): string[] => [
  'config',
  'service',
  'pipelines',
  pipeline,
  ...(part === undefined ? [] : [part]),
];
