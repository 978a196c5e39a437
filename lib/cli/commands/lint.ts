import { explainSender } from '../../explain/explain-service.ts';
import { servicePicture } from '../../explain/render-html.ts';
import { type ConfiguredRun, configuredRun } from '../../lint/configured-run.ts';
import { applyFixes } from '../../lint/fix/apply-fixes.ts';
import { type FormatName, formats } from '../../lint/formats/index.ts';
import { exitStatus } from '../../lint/lint-result.ts';
import { type LintedSources, lintSources } from '../../lint/lint-sources.ts';
import { defaultRelease } from '../../lint/render/chart.ts';
import { renderAndLint } from '../../lint/render/render-and-lint.ts';
import { lintHtml } from '../../lint/render-html.ts';
import { inputNotes, summary, textLines } from '../../lint/report-lines.ts';
import { ruleOptions } from '../../lint/rule-option.ts';
import { describedRules } from '../../lint/rules/index.ts';
import type { LintSettings } from '../../lint/settings.ts';
import { coverageOf } from '../../model/coverage.ts';
import { hasSdk, sendersOf } from '../../model/path/sender.ts';
import type { ReadModelProps } from '../../model/read-model.ts';
import {
  builtSourcesOf,
  inputProps,
  type ModelOptions,
  modelProps,
  reportAssumed,
  reportCoverage,
  sourcesOf,
} from '../model-input.ts';
import { print, printAnnotations, report, resultStyle } from '../printer.ts';
import { writePage } from '../report-file.ts';

export interface LintOptions extends ModelOptions {
  /** Configuration of the system, for severities and namespaces. */
  readonly config?: readonly string[];
  readonly format: FormatName;
  readonly maxWarnings?: number;
  /** `ID=severity`. */
  readonly rule: readonly string[];
  readonly fix?: boolean;
  /** Whether a workload of which nothing shows an SDK is an error. */
  readonly requireInstrumented?: boolean;
  /** Whether the coverage names what it counts. */
  readonly verbose?: boolean;
  /** The chart, or true for the one that this project knows. */
  readonly render?: string | true;
  /** File to write the page to. */
  readonly html?: string;
}

/**
 * `podhost lint`: reports the problems of any manifests and values.
 *
 * @returns the exit status: 1 with findings, 3 when the run is not complete
 */
export function lintCommand(paths: readonly string[], options: LintOptions): 0 | 1 | 3 {
  const configured = options.config === undefined ? undefined : configuredRun(options.config);
  const settings: LintSettings = {
    rules: {
      ...configured?.settings.rules,
      ...(options.requireInstrumented === true ? { 'require-instrumentation': 'error' } : {}),
      ...ruleOptions(options.rule),
    },
    maxWarnings: options.maxWarnings ?? configured?.settings.maxWarnings,
  };
  const release = configured?.release ?? defaultRelease;
  // What --render renders is judged by itself.
  const propsOf = options.render === undefined ? modelProps : inputProps;
  const props = { settings, ...propsOf(options, namesOf(configured)) };
  const { valuesFiles } = props;
  // What is mended is a file, and what kustomize prints is none.
  const read = options.fix === true ? sourcesOf : builtSourcesOf;
  const lint = () => lintSources(read(paths, valuesFiles), props);

  let linted = lint();
  report(...inputNotes(linted.model));
  reportAssumed(linted.model);
  if (options.fix === true) {
    const fixed = applyFixes(linted);
    report(...fixed);
    linted = fixed.length === 0 ? linted : lint();
  }
  if (options.render !== undefined) {
    const chart = options.render === true ? undefined : options.render;
    linted = renderAndLint(linted, { ...props, chart, release, progress: report });
  }
  printFindings(linted, options);
  return exitStatus(linted.result, settings.maxWarnings);
}

/** Without a configuration the model has its own defaults. */
const namesOf = (configured: ConfiguredRun | undefined): ReadModelProps =>
  configured === undefined
    ? {}
    : {
        namespace: configured.namespace,
        releaseNamespace: configured.release.namespace,
        releaseName: configured.release.name,
        forecast: configured.forecast,
        templatePaths: configured.templatePaths,
      };

function printFindings({ sources, result, model }: LintedSources, options: LintOptions): void {
  const { format, verbose = false } = options;
  const coverage = coverageOf(model);
  const { files } = model;
  const lines = textLines(sources);
  const text = formats[format]({ result, files, rules: describedRules, lines, coverage, ...resultStyle() });
  if (format === 'github') {
    printAnnotations(text);
  } else {
    print(text);
  }
  if (options.html !== undefined) {
    const pictures = sendersOf(model)
      .filter(hasSdk)
      .map((sender) => servicePicture(explainSender(model, sender)));
    writePage(options.html, lintHtml({ result, files: files.length, coverage, pictures }));
  }
  report(summary(result, files.length, coverage));
  reportCoverage(coverage, { verbose, isListed: true });
}
