import type { Command } from 'commander';
import type { ForecastOptions } from './commands/forecast.ts';
import {
  addValuesOptions,
  example,
  formatOption,
  htmlOption,
  installationOption,
  namespaceOption,
  optionalConfigOption,
  verboseOption,
} from './options.ts';
import { Reported } from './reported.ts';

/** Declares `podhost forecast`. */
export function declareForecast(program: Command): void {
  addValuesOptions(
    program
      .command('forecast')
      .description('forecast how many series the span metrics will have, what drives them, and what to drop first')
      .argument('[path...]', 'files, folders and globs; - reads standard input', ['dist'])
      .addOption(optionalConfigOption('its traffic, budgets and namespaces'))
      .option('--spans <file>', 'spans that were recorded, as OTLP JSON; one object, or one a line'),
  )
    .addOption(installationOption())
    .addOption(namespaceOption())
    .addOption(verboseOption())
    .addOption(htmlOption())
    .addOption(formatOption())
    .addHelpText('after', example('forecast dist --config config/dataprime-demo.yaml --spans spans.json'))
    .addHelpText('after', '\nExit status: 0 fine, 1 over a budget or a limit of the collector, 2 bad input or usage')
    .action(async (paths: string[], options: ForecastOptions) => {
      const { forecastCommand } = await import('./commands/forecast.ts');
      const status = forecastCommand(paths, options);
      if (status !== 0) {
        throw new Reported(status);
      }
    });
}
