import type { Path } from '../yaml/value.ts';
import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../yaml/value.ts';

/** The values of one sub-chart with the chart's own below them, read as its templates read them. */
export class ChartValues {
  constructor(
    readonly all: Mapping,
    readonly global: Mapping,
  ) {}

  /** Whether a value counts as true in a template: anything but nothing, false, zero and what is empty. */
  has(...path: Path): boolean {
    const value = valueAt(this.all, ...path);
    const size = isMapping(value) ? Object.keys(value).length : Array.isArray(value) ? value.length : undefined;
    return size === undefined ? Boolean(value) : size > 0;
  }

  at(...path: Path): unknown {
    return valueAt(this.all, ...path);
  }

  /** A text, or nothing where it is empty. */
  text(...path: Path): string | undefined {
    return textAt(this.all, ...path) || undefined;
  }

  list(...path: Path): readonly unknown[] {
    return listAt(this.all, ...path);
  }

  texts(...path: Path): string[] {
    return this.list(...path).filter((entry): entry is string => typeof entry === 'string');
  }

  mapping(...path: Path): Mapping {
    return mappingAt(this.all, ...path);
  }

  /** Whether a preset is on. */
  preset(name: string): boolean {
    return this.has('presets', name, 'enabled');
  }

  /** Where the nodes run: as told, or as the distribution lets guess. */
  provider(preset: string): string {
    const told = this.text('provider');
    const guessed = guesses.find(([distribution]) => this.distribution.startsWith(distribution))?.[1];
    return told === 'on_prem' ? 'on-prem' : (told ?? this.text('presets', preset, 'provider') ?? guessed ?? '');
  }

  get distribution(): string {
    return this.text('distribution') ?? '';
  }

  get mode(): string {
    return this.text('mode') ?? '';
  }

  /** Whether pods run the collector, rather than a service of the host. */
  get isKubernetes(): boolean {
    return !['standalone', 'ecs', 'macos'].includes(this.distribution);
  }
}

const guesses: readonly (readonly [string, string])[] = [
  ['eks', 'aws'],
  ['ecs', 'aws'],
  ['gke', 'gcp'],
  ['aks', 'azure'],
];
