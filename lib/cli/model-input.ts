import type { SystemConfig } from '../config/schema/system.ts';
import { namespaceNote } from '../model/assumed-namespace.ts';
import { type Coverage, coverageDetails, coverageLine } from '../model/coverage.ts';
import type { Model } from '../model/model.ts';
import { templatePathsOf } from '../model/pod-template.ts';
import { type ReadModelProps, readModel } from '../model/read-model.ts';
import { readSources, type SourceText } from '../model/source/read-sources.ts';
import { assumedVersions, renderingNotes } from '../model/values/chart-notes.ts';
import { firstFew } from '../text/list.ts';
import { builtSources } from './built-sources.ts';
import { renderingProps } from './chart-renderer.ts';
import { chosenModel } from './installation-choice.ts';
import type { HelmOptions } from './options.ts';
import { report } from './printer.ts';
import { fromWorkingFolder } from './working-folder.ts';

/**
 * What a command that reads manifests and values is given: each file once, also one that is named twice. What lies
 * there and is not read is reported on standard error.
 */
export const sourcesOf = (paths: readonly string[], valuesFiles: readonly string[]): SourceText[] =>
  readSources([...new Set([...paths.map(fromWorkingFolder), ...valuesFiles])], {
    note: report,
  });

/** The same with kustomizations built, where a tool for that is at hand. Why one is not is reported on standard error. */
export function builtSourcesOf(paths: readonly string[], valuesFiles: readonly string[]): readonly SourceText[] {
  const { sources, notes } = builtSources(sourcesOf(paths, valuesFiles), valuesFiles);
  report(...notes);
  return sources;
}

/** Reports on standard error what of the sources was not read. */
export function reportUnread(model: Model): void {
  const { problems, unread, namespace } = model;
  report(...namespaceNote(namespace));
  for (const { message, place } of problems) {
    report(`${place?.file}:${place?.line}: not read, for ${message}`);
  }
  for (const { message, place, suggestion } of unread) {
    report(`${place?.file}:${place?.line}: ${message}; ${suggestion ?? ''}`);
  }
  reportAssumed(model);
}

/** Reports on standard error which version of a chart is assumed, and what its rendering is known from. */
export function reportAssumed({ values }: Model): void {
  report(...assumedVersions(values), ...renderingNotes(values));
}

export interface ReportCoverageOptions {
  /** Whether everything that is counted is named. */
  readonly verbose: boolean;
  /** Whether workloads that are not instrumented are named in any case. */
  readonly isListed?: boolean;
}

/** Reports on standard error, as the last line of a run, what it judged. */
export function reportCoverage(coverage: Coverage, { verbose, isListed = false }: ReportCoverageOptions): void {
  const { notInstrumented } = coverage.workloads;
  if (verbose) {
    report(...coverageDetails(coverage));
  } else if (isListed && notInstrumented.length > 0) {
    report(`not instrumented: ${firstFew(notInstrumented, 20)}`);
  }
  const isCut = !verbose && coverage.notUnderstood.length + coverage.collectors.notUnderstood.length > 0;
  report(`${coverageLine(coverage)}${isCut ? ' (--verbose names them)' : ''}`);
}

/** What every command that reads manifests and values is given about them. */
export interface ModelOptions extends HelmOptions {
  /** Files that are values whatever they look like. */
  readonly values: readonly string[];
  readonly chartVersion?: string;
  /** Namespace of objects that name none; it comes before that of a configuration. */
  readonly namespace?: string;
}

/** The same where one installation may be chosen. */
export interface ChosenModelOptions extends ModelOptions {
  /** Values file, object or release of the installation that is meant, where several are read. */
  readonly installation?: string;
}

/**
 * The properties of the model that the options of a command give it, where helm is not asked.
 *
 * @param names what a configuration gives the model
 */
export const inputProps = ({ values, chartVersion, namespace }: ModelOptions, names: ReadModelProps) => ({
  valuesFiles: values.map(fromWorkingFolder),
  areLayers: true,
  ...(chartVersion === undefined ? {} : { chartVersion }),
  ...names,
  ...(namespace === undefined ? {} : { namespace }),
});

/** The same where helm is asked what it makes of values. */
export const modelProps = (options: ModelOptions, names: ReadModelProps) => ({
  ...inputProps(options, names),
  ...renderingProps(options),
});

/**
 * The model of what a command reads, with the installation that is chosen. What was not read, and what is assumed, is
 * reported on standard error.
 *
 * @param config configuration of the system; without one the model has its own defaults
 * @throws PodhostError when an input cannot be read, or no installation is the chosen one
 */
export function readChosenModel(
  paths: readonly string[],
  options: ChosenModelOptions,
  config: SystemConfig | undefined,
): Model {
  const props = modelProps(options, config === undefined ? {} : modelNames(config));
  const model = chosenModel(readModel(builtSourcesOf(paths, props.valuesFiles), props), options.installation);
  reportUnread(model);
  return model;
}

/** The names that a configuration gives the model, and its custom kinds. */
export const modelNames = ({ namespace, collector, instrument }: SystemConfig): ReadModelProps => ({
  namespace,
  releaseNamespace: collector.namespace,
  releaseName: collector.release,
  templatePaths: templatePathsOf(instrument.templates),
});
