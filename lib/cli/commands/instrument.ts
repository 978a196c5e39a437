import { createTwoFilesPatch } from 'diff';
import { loadConfig } from '../../config/load-config.ts';
import { type ConfiguredInstrument, configuredInstrument } from '../../instrument/configured-instrument.ts';
import { type InstrumentFlags, instrumentFlags, mergedTemplatePaths } from '../../instrument/flags.ts';
import {
  type InstrumentedFile,
  type InstrumentedSources,
  type InstrumentSourcesProps,
  instrumentSources,
} from '../../instrument/instrument-sources.ts';
import { componentFiles } from '../../instrument/patches/component.ts';
import { type ComponentChange, writeComponent } from '../../instrument/patches/write-component.ts';
import { reportJson, reportLines } from '../../instrument/report.ts';
import { functionSettings, resourceListIn, withResults } from '../../instrument/resource-list.ts';
import { parseLabelSelector } from '../../instrument/selector.ts';
import { type TemplatePaths, templatePathsOf } from '../../kubernetes/pod-template.ts';
import { removeLeftoversBeside, replaceFiles } from '../../lint/fix/replace-files.ts';
import type { SourceText } from '../../model/source/read-sources.ts';
import { PodhostError } from '../../problems/podhost-error.ts';
import { type Mapping, textsAt } from '../../yaml/value.ts';
import { builtSourcesOf, sourcesOf } from '../model-input.ts';
import { print, printScript, report } from '../printer.ts';

export interface InstrumentOptions extends InstrumentFlags {
  readonly write?: true;
  readonly diff?: true;
  readonly check?: true;
  readonly uninstrument?: true;
  /** Folder of a Kustomize component. */
  readonly patches?: string;
  readonly namespace?: string;
  readonly selector?: string;
  /** Configuration of the system, which flags outrank. */
  readonly config?: readonly string[];
  readonly format: 'text' | 'json';
}

/**
 * `podhost instrument`: manifests in, the same manifests with their telemetry out.
 *
 * @returns the exit status: 1 with `check` when something would change
 * @throws PodhostError with every flag that is wrong and every document that is not YAML
 */
export function instrumentCommand(paths: readonly string[], options: InstrumentOptions): 0 | 1 {
  // What is printed or patched is what kustomize makes; what is written, compared or restored is a file.
  const { write, diff, check, uninstrument, patches } = options;
  const isOfFiles =
    write === true || diff === true || uninstrument === true || (check === true && patches === undefined);
  const sources = isOfFiles ? sourcesOf(paths, []) : builtSourcesOf(paths, []);
  const [only] = sources;
  const list = only !== undefined && sources.length === 1 ? resourceListIn(only.text) : undefined;
  if (list === undefined) {
    return run(sources, options);
  }
  const { templates, ...settings } = functionSettings(list);
  return run(sources, { ...options, ...settings }, { list, templatePaths: templatePathsOf(templates) });
}

/** A list of objects that a KRM function reads, and the custom kinds of its configuration. */
interface FunctionInput {
  readonly list: Mapping;
  readonly templatePaths: TemplatePaths;
}

function run(sources: readonly SourceText[], options: InstrumentOptions, input?: FunctionInput): 0 | 1 {
  const flags = instrumentFlags(options);
  const named = mergedTemplatePaths(input?.templatePaths ?? new Map(), flags.templatePaths);
  const { context, ...configured } = configuredProps(options);
  if (options.write === true && sources.some(({ file }) => file === '<stdin>')) {
    const message = '--write changes files, and standard input is none';
    throw new PodhostError([{ code: 'instrument/write-stdin', message, suggestion: 'name the file instead of -' }]);
  }
  const result = instrumentSources(sources, {
    // Kustomize may give the images other tags after the patches.
    context: { ...context, ...flags.context, imagesAreFinal: options.patches === undefined },
    ...configured,
    templatePaths: mergedTemplatePaths(configured.templatePaths ?? new Map(), named),
    removes: options.uninstrument === true,
    plansOnly: options.patches !== undefined,
  });
  if (options.patches !== undefined) {
    return patchesCommand(options.patches, result, options);
  }
  const changed = result.files.filter(({ before, after }) => before !== after);
  if (options.write === true && options.check !== true) {
    removeLeftoversBeside(sources.map(({ file }) => file));
    replaceFiles(changed);
  }
  printResult(result, changed, options, input?.list);
  report(...reportLines(result), ...changedFiles(changed, options));
  return options.check === true && changed.length > 0 ? 1 : 0;
}

type ConfiguredProps = Omit<InstrumentSourcesProps, 'context'> & { readonly context?: ConfiguredInstrument['context'] };

/** What the configuration says, with the namespace and the selector of the command line above it. */
function configuredProps({ config: files, namespace, selector }: InstrumentOptions): ConfiguredProps {
  if (files === undefined) {
    const hasLabels = selector === undefined ? () => true : parseLabelSelector(selector);
    return {
      ...(namespace === undefined ? {} : { namespace }),
      selects: (object) => hasLabels(textsAt(object, 'metadata', 'labels')),
    };
  }
  const config = loadConfig(files);
  return { namespace: namespace ?? config.namespace, ...configuredInstrument(config, selector) };
}

/** Writes a component, or with `check` says whether it is what it would be. */
function patchesCommand(folder: string, result: InstrumentedSources, { check, format }: InstrumentOptions): 0 | 1 {
  const changes = writeComponent(folder, componentFiles(result), check !== true);
  if (format === 'json') {
    print(reportJson(result));
  }
  report(...reportLines(result), ...componentLines(folder, changes, check === true));
  return check === true && changes.length > 0 ? 1 : 0;
}

function componentLines(folder: string, changes: readonly ComponentChange[], isCheck: boolean): string[] {
  const removed = changes.filter(({ kind }) => kind === 'removed');
  if (changes.length === 0) {
    return [`${folder}: fits the manifests`];
  }
  return isCheck
    ? changes.map(
        ({ path, kind }) => `${path}: ${{ new: 'missing', changed: 'out of date', removed: 'not needed' }[kind]}`,
      )
    : [`${folder}: ${changes.length - removed.length} written`, ...removed.map(({ path }) => `${path}: removed`)];
}

function printResult(
  result: InstrumentedSources,
  changed: readonly InstrumentedFile[],
  { format, diff, check, write }: InstrumentOptions,
  list: Mapping | undefined,
): void {
  if (format === 'json') {
    print(reportJson(result));
  } else if (diff === true) {
    printScript(changed.map(diffOf).join(''));
  } else if (check !== true && write !== true) {
    const text = manifests(result.files);
    printScript(list === undefined ? text : withResults(text, list, result));
  }
}

const diffOptions = {
  context: 3,
  headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
};

const diffOf = ({ file, before, after }: InstrumentedFile): string => {
  const path = file.replace(/^\/+/, '');
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, diffOptions);
};

/** The files behind each other, each as it is; what holds no objects for a cluster is left out of several. */
function manifests(files: readonly InstrumentedFile[]): string {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) {
    return only.after;
  }
  return files
    .filter(({ holdsManifests }) => holdsManifests)
    .map(({ after }) => after.replace(/^\uFEFF/, ''))
    .reduce((all, text) => all + (all === '' ? '' : separator(all, text)) + text, '');
}

function separator(before: string, text: string): string {
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  return (before.endsWith('\n') ? '' : newline) + (/^(---|%)/.test(text) ? '' : `---${newline}`);
}

function changedFiles(changed: readonly InstrumentedFile[], { write, check }: InstrumentOptions): string[] {
  if (write !== true && check !== true) {
    return [];
  }
  const verb = check === true ? 'would change' : 'changed';
  return changed.map(({ file }) => `${file}: ${verb}`);
}
