import { type Command, Option } from 'commander';
import type { CollectorsOptions } from './commands/collectors.ts';
import { addValuesOptions, example, installationOption, namespaceOption, optionalConfigOption } from './options.ts';

/** Declares `podhost collectors`. */
export function declareCollectors(program: Command): void {
  addValuesOptions(
    program
      .command('collectors')
      .description('describe what each collector will do: pipelines, dimensions, listeners, Services, exporters')
      .argument('[path...]', 'files, folders and globs; - reads standard input', ['dist']),
  )
    .addOption(namespaceOption())
    .addOption(optionalConfigOption('its namespaces'))
    .addOption(installationOption())
    .addOption(
      new Option('--format <format>', 'text for people, json for programs, mermaid for a pull request')
        .choices(['text', 'json', 'mermaid'] satisfies CollectorsOptions['format'][])
        .default('text'),
    )
    .addHelpText('after', example('collectors manifests --values values.yaml'))
    .action(async (paths: string[], options: CollectorsOptions) => {
      const { collectorsCommand } = await import('./commands/collectors.ts');
      collectorsCommand(paths, options);
    });
}
