import { loadConfig } from '../../config/load-config.ts';
import { forecastSchema } from '../../config/schema/forecast.ts';
import { isOver } from '../../forecast/forecast.ts';
import { forecastSystem } from '../../forecast/forecast-system.ts';
import { forecastJson } from '../../forecast/json.ts';
import { forecastHtml } from '../../forecast/render-html.ts';
import { forecastText } from '../../forecast/render-text.ts';
import { readSpanSample } from '../../forecast/sample/read-span-sample.ts';
import { coverageOf } from '../../model/coverage.ts';
import { maskTexts } from '../../secrets/mask-secrets.ts';
import { installationNotes } from '../installation-choice.ts';
import { type ChosenModelOptions, readChosenModel, reportCoverage } from '../model-input.ts';
import { print, report } from '../printer.ts';
import { writePage } from '../report-file.ts';
import { fromWorkingFolder } from '../working-folder.ts';

export interface ForecastOptions extends ChosenModelOptions {
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
  const config = options.config === undefined ? undefined : loadConfig(options.config);
  // Without a configuration the traffic is assumed.
  const traffic = config?.forecast ?? forecastSchema.parse({});
  const sample = options.spans === undefined ? undefined : readSpanSample(fromWorkingFolder(options.spans));
  const model = readChosenModel(paths, options, config);
  report(...installationNotes(model));
  const forecast = forecastSystem(model, traffic, sample);
  const coverage = coverageOf(model);
  print(options.format === 'json' ? forecastJson(forecast, coverage) : forecastText(forecast));
  if (options.html !== undefined) {
    writePage(options.html, forecastHtml(maskTexts(forecast)));
  }
  reportCoverage(coverage, { verbose: options.verbose ?? false });
  return isOver(forecast) ? 1 : 0;
}
