import { componentType } from '../../pipeline/component.ts';
import type { Place } from '../../problems/problem.ts';
import { isMapping, mappingAt, type Path } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import type { Collector } from './collector.ts';

/** Something wrong in one part of a collector's configuration. */
export interface PartProblem {
  /** In the configuration. */
  readonly path: Path;
  readonly message: string;
  readonly suggestion: string;
  /** @default false */
  readonly cannotTell?: boolean;
}

/** Something wrong in one part of a collector's configuration, and where it stands. */
export interface PlacedProblem extends Omit<PartProblem, 'path' | 'suggestion'> {
  readonly place: Place;
  /** @default - nothing is known to be right there */
  readonly suggestion?: string;
  /** The workload that mounts the configuration; undefined where it stands in values. */
  readonly manifest?: Manifest | undefined;
}

/**
 * What a check finds in the configuration of every collector, each at its place in the file.
 *
 * @param check what is wrong with one collector
 */
export const problemsOfCollectors = (
  model: Model,
  check: (collector: Collector) => readonly PartProblem[],
): PlacedProblem[] =>
  configuredCollectors(model).flatMap((collector) => placedProblems(model, collector, check(collector)));

/** Problems with their places, and with the object that their collector runs in. */
export function placedProblems(model: Model, collector: Collector, problems: readonly PartProblem[]): PlacedProblem[] {
  const manifest = collectorWorkload(model, collector)?.manifest;
  return problems.map(({ path, ...problem }) => ({
    ...problem,
    place: collector.place(path),
    ...(manifest === undefined ? {} : { manifest }),
  }));
}

/** The collectors whose configuration was read. */
export const configuredCollectors = ({ collectors }: Model): Collector[] =>
  collectors.filter(({ unread, pipelines }) => unread === undefined && pipelines.all.length > 0);

export type ConfigSection = 'receivers' | 'processors' | 'connectors' | 'exporters' | 'extensions';

/** The components of a section that are of one of these types, with their settings. */
export const componentsOf = (
  { config }: Pick<Collector, 'config'>,
  section: ConfigSection,
  ...types: readonly string[]
): { readonly id: string; readonly settings: unknown }[] =>
  Object.entries(mappingAt(config, section))
    .filter(([id]) => types.includes(componentType(id)))
    .map(([id, settings]) => ({ id, settings: isMapping(settings) ? settings : {} }));

/** Where the settings of a component stand, or where it would be named. */
export const pipelinePath = (
  pipeline: string,
  part: 'receivers' | 'processors' | 'exporters',
  index?: number,
): Path => ['service', 'pipelines', pipeline, part, ...(index === undefined || index < 0 ? [] : [index])];
