import { isMapping, listAt, type Mapping, mappingAt, textAt } from '../../value.ts';
import { merged } from './merge.ts';
import { Sections } from './sections.ts';

export type Part = 'receivers' | 'processors' | 'exporters';
export type Section = Part | 'connectors';

/** A collector's configuration while the chart's presets add to it, one after the other. */
export class Draft {
  private readonly sections: Sections;
  private readonly pipelines: Map<string, Mapping>;
  private readonly origins = new Map<string, string>();
  private preset = '';

  /** @param config what the values configure by hand, which wins over every preset */
  constructor(config: Mapping) {
    this.sections = new Sections(config);
    this.pipelines = new Map(
      Object.entries(mappingAt(config, 'service', 'pipelines')).flatMap(([id, pipeline]) =>
        isMapping(pipeline) ? [[id, pipeline] as const] : [],
      ),
    );
  }

  /** What is added from now on is this preset's. */
  by(preset: string): this {
    this.preset = preset;
    return this;
  }

  /** The preset that brought a component. */
  originOf(section: string, id: string): string | undefined {
    return this.origins.get(`${section} ${id}`);
  }

  component(section: Section, id: string, settings: Mapping = {}): void {
    this.sections.add(section, id, settings);
    if (!this.origins.has(`${section} ${id}`)) {
      this.origins.set(`${section} ${id}`, this.preset);
    }
  }

  /** Adds a pipeline; what the values say of it by hand wins. */
  pipeline(id: string, parts: Readonly<Record<Part, readonly string[]>>): void {
    this.pipelines.set(id, mappingAt({ both: merged(parts, this.pipelines.get(id) ?? {}) }, 'both'));
  }

  get pipelineIds(): string[] {
    return [...this.pipelines.keys()].sort();
  }

  ids(pipeline: string, part: Part): string[] {
    return listAt(this.pipelines.get(pipeline), part).flatMap((id) => textAt({ id }, 'id') ?? []);
  }

  /** Puts ids behind those of a pipeline, if there is one; an id that is there already stays where it is. */
  append(pipeline: string, part: Part, ...added: readonly string[]): void {
    this.replace(pipeline, part, [...this.ids(pipeline, part), ...added]);
  }

  /** Puts an id before those of a pipeline; one that is there already stays where it is. */
  prepend(pipeline: string, part: Part, id: string): void {
    const present = this.ids(pipeline, part);
    this.replace(pipeline, part, present.includes(id) ? present : [id, ...present]);
  }

  replace(pipeline: string, part: Part, ids: readonly string[]): void {
    const before = this.pipelines.get(pipeline);
    if (before !== undefined) {
      this.pipelines.set(pipeline, { ...before, [part]: [...new Set(ids)] });
    }
  }

  remove(pipeline: string): void {
    this.pipelines.delete(pipeline);
  }

  /** The configuration, with its pipelines in the order in which the chart writes them. */
  toConfiguration(): Mapping {
    const pipelines = Object.fromEntries(this.pipelineIds.map((id) => [id, this.pipelines.get(id)] as const));
    const config = this.sections.toMapping();
    return { ...config, service: { ...mappingAt(config, 'service'), pipelines } };
  }
}
