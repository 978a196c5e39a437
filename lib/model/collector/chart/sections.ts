import { isMapping, type Mapping } from '../../value.ts';
import { merged } from './merge.ts';

/**
 * The sections of a configuration to which components are added. What is there already wins over what is added, and what
 * is added last stands first, as when the chart merges the configuration over each component.
 */
export class Sections {
  /** In the opposite order, so that the first place is taken at the end. */
  private readonly sections: Map<string, unknown>;
  private readonly components = new Map<string, Map<string, unknown>>();

  constructor(config: Mapping) {
    this.sections = new Map(Object.entries(config).reverse());
  }

  add(section: string, id: string, settings: Mapping): void {
    const written = this.sections.get(section);
    const isNew = !this.sections.has(section);
    this.sections.delete(section);
    // What is no mapping stays as it is written.
    this.sections.set(section, isNew ? {} : written);
    if (!isNew && !isMapping(written)) {
      return;
    }
    const components = this.components.get(section) ?? new Map(Object.entries(written ?? {}).reverse());
    this.components.set(section, components);
    const component = components.has(id) ? merged(settings, components.get(id)) : settings;
    components.delete(id);
    components.set(id, component);
  }

  toMapping(): Mapping {
    return Object.fromEntries(
      [...this.sections].reverse().map(([section, written]) => {
        const components = this.components.get(section);
        return [section, components === undefined ? written : Object.fromEntries([...components].reverse())];
      }),
    );
  }
}
