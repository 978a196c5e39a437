import { isMapping, listAt, type Mapping, mappingAt, type Path, textAt, valueAt } from '../yaml/value.ts';
import type { ChartChange } from './changes.ts';
import { fieldOf, isTrue } from './template.ts';

/** The values of one sub-chart with the chart's own below them. */
export class ChartValues {
  constructor(
    readonly all: Mapping,
    /** What the user gives of them. */
    readonly written: Mapping = {},
    /** Changes of the chart that its version does not have yet. */
    readonly missing: ReadonlySet<ChartChange> = new Set(),
  ) {}

  /** Whether the user gives a value, rather than the chart. */
  isWritten(...path: readonly string[]): boolean {
    return valueAt(this.written, ...path) !== undefined;
  }

  /** Whether a value counts as true in a template. */
  has(...path: readonly string[]): boolean {
    return isTrue(this.at(...path));
  }

  at(...path: readonly string[]): unknown {
    return valueAt(this.all, ...path);
  }

  /** A text, or nothing where it is empty. */
  text(...path: readonly string[]): string | undefined {
    return textAt({ value: this.at(...path) }, 'value') || undefined;
  }

  list(...path: readonly string[]): readonly unknown[] {
    return listAt({ value: this.at(...path) }, 'value');
  }

  texts(...path: readonly string[]): string[] {
    return this.list(...path).filter((entry): entry is string => typeof entry === 'string');
  }

  mapping(...path: readonly string[]): Mapping {
    return mappingAt({ value: this.at(...path) }, 'value');
  }

  /** Whether a preset is on. */
  preset(name: string): boolean {
    return this.has('presets', name, 'enabled');
  }

  /** Where the nodes run: as configured, or as the distribution lets guess. */
  provider(preset: string): string {
    const given = this.text('provider');
    const guessed = guesses.find(([distribution]) => distribution.test(this.distribution))?.[1];
    return given === 'on_prem' ? 'on-prem' : (given ?? this.text('presets', preset, 'provider') ?? guessed ?? '');
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

/**
 * The same as the chart's templates read them: what is not there stops helm, where a template asks for something below
 * it.
 */
export class TemplateValues extends ChartValues {
  /** @throws TemplateError */
  override at(...path: readonly string[]): unknown {
    return fieldOf(this.all, '.Values', path, this.shortest(path));
  }

  /** The key on the way that has nothing below it. */
  private shortest(path: readonly string[]): Path {
    const end = path.findIndex((_, index) => !isMapping(valueAt(this.all, ...path.slice(0, index + 1))));
    return end < 0 ? path : path.slice(0, end + 1);
  }
}

const guesses: readonly (readonly [RegExp, string])[] = [
  [/^eks|^ecs$/, 'aws'],
  [/^gke/, 'gcp'],
  [/^aks/, 'azure'],
];
