import { type Command, Option } from 'commander';
import type { ExplainOptions } from './commands/explain.ts';
import {
  addValuesOptions,
  example,
  htmlOption,
  installationOption,
  namespaceOption,
  optionalConfigOption,
  verboseOption,
} from './options.ts';
import { Reported } from './reported.ts';

/** Declares `podhost explain`. */
export function declareExplain(program: Command): void {
  addValuesOptions(
    program
      .command('explain')
      .description('explain the path of one span of a service, hop by hop, to the labels of its series')
      .argument('<service>', 'its name; where several have it NAMESPACE/NAME or KIND/NAME')
      .argument('[path...]', 'files, folders and globs; - reads standard input', ['dist']),
  )
    .addOption(namespaceOption())
    .addOption(verboseOption())
    .addOption(htmlOption())
    .option('--file <file>', 'the file of the workload, where several files have it')
    .addOption(optionalConfigOption('its namespaces'))
    .addOption(installationOption())
    .addOption(
      new Option('--format <format>', 'text for people, json for programs, mermaid for a pull request')
        .choices(['text', 'json', 'mermaid'] satisfies ExplainOptions['format'][])
        .default('text'),
    )
    .addHelpText('after', example('explain api-gateway dist --format mermaid'))
    .addHelpText('after', '\nExit status: 0 whole or cannot tell, 1 a hop is broken, 2 bad input or usage')
    .action(async (service: string, paths: string[], options: ExplainOptions) => {
      const { explainCommand } = await import('./commands/explain.ts');
      const status = explainCommand(service, paths, options);
      if (status !== 0) {
        throw new Reported(status);
      }
    });
}
