import { loadConfig } from '../../config/load-config.ts';
import { type ForecastConfig, forecastSchema } from '../../config/schema/forecast.ts';
import { isOver } from '../../forecast/forecast.ts';
import { forecastSystem } from '../../forecast/forecast-system.ts';
import { forecastJson } from '../../forecast/json.ts';
import { forecastHtml } from '../../forecast/render-html.ts';
import { forecastText } from '../../forecast/render-text.ts';
import { readSpanSample } from '../../forecast/sample/read-span-sample.ts';
import { coverageOf } from '../../model/coverage.ts';
import { type ReadModelProps, readModel } from '../../model/read-model.ts';
import { maskTexts } from '../../secrets/mask-secrets.ts';
import { renderingProps } from '../chart-renderer.ts';
import { chosenModel, installationNotes } from '../installation-choice.ts';
import { builtSourcesOf, modelNames, namespaceOf, reportCoverage, reportUnread, versionOf } from '../model-input.ts';
import type { HelmOptions } from '../options.ts';
import { print, report } from '../printer.ts';
import { writePage } from '../report-file.ts';
import { fromWorkingFolder } from '../working-folder.ts';

export interface ForecastOptions extends HelmOptions {
  /** Files that are values whatever they look like. */
  readonly values: readonly string[];
  readonly chartVersion?: string;
  /** Values file, object or release of the installation that is meant, where several are read. */
  readonly installation?: string;
  /** Namespace of objects that name none. */
  readonly namespace?: string;
  /** Whether the coverage names what it counts. */
  readonly verbose?: boolean;
  /** Configuration of the system: traffic, budgets and namespaces. */
  readonly config?: readonly string[];
  /** Spans that were recorded, as OTLP JSON. */
  readonly spans?: string;
  readonly format: 'text' | 'json';
  /** File to write the page to. */
  readonly html?: string;
}

/**
 * `podhost forecast`: how many series the span metrics of a system will have.
 *
 * @returns the exit status: 1 when a budget or a limit of the collector is exceeded
 */
export function forecastCommand(paths: readonly string[], options: ForecastOptions): 0 | 1 {
  const { traffic, names } = configured(options.config);
  const valuesFiles = options.values.map(fromWorkingFolder);
  const sample = options.spans === undefined ? undefined : readSpanSample(fromWorkingFolder(options.spans));
  const sources = builtSourcesOf(paths, valuesFiles);
  const props = {
    valuesFiles,
    areLayers: true,
    ...renderingProps(options),
    ...versionOf(options),
    ...names,
    ...namespaceOf(options),
  };
  const model = chosenModel(readModel(sources, props), options.installation);
  report(...installationNotes(model));
  reportUnread(model);
  const forecast = forecastSystem(model, traffic, sample);
  const coverage = coverageOf(model);
  print(options.format === 'json' ? forecastJson(forecast, coverage) : forecastText(forecast));
  if (options.html !== undefined) {
    writePage(options.html, forecastHtml(maskTexts(forecast)));
  }
  reportCoverage(coverage, { verbose: options.verbose ?? false });
  return isOver(forecast) ? 1 : 0;
}

interface Configured {
  readonly traffic: ForecastConfig;
  readonly names: ReadModelProps;
}

/** Without a configuration the traffic is assumed, and the model has its own namespaces. */
function configured(file: readonly string[] | undefined): Configured {
  if (file === undefined) {
    return { traffic: forecastSchema.parse({}), names: {} };
  }
  const config = loadConfig(file);
  return { traffic: config.forecast, names: modelNames(config) };
}
