import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LintOptions } from './commands/lint.ts';
import {
  addValuesOptions,
  collected,
  example,
  htmlOption,
  namespaceOption,
  optionalConfigOption,
  verboseOption,
} from './options.ts';
import { Reported } from './reported.ts';

/** Options of the command line that the command itself does not need. */
interface WrittenOptions extends LintOptions {
  readonly explain?: string;
  readonly list?: true;
}

/** Declares `podhost lint`. */
export function declareLint(program: Command): void {
  addValuesOptions(
    program
      .command('lint')
      .description('find the hop of the path that would lose spans, in any manifests and values')
      .argument('[path...]', 'files, folders and globs; - reads standard input', ['dist']),
  )
    .addOption(namespaceOption())
    .addOption(verboseOption())
    .addOption(htmlOption())
    .addOption(optionalConfigOption('its severities and namespaces'))
    .addOption(
      new Option('--format <format>', 'how findings are written')
        .choices(['text', 'json', 'sarif', 'github', 'junit'] satisfies LintOptions['format'][])
        .default('text'),
    )
    .option('--max-warnings <n>', 'fail when there are more warnings; without it only errors fail', asCount)
    .option('--rule <id=severity>', 'error, warning or off for one rule; repeatable', collected, [])
    .option('--require-instrumented', 'fail when nothing of a workload shows an SDK')
    .option('--fix', 'mend in the files what has one right answer, then report what is left')
    .option(
      '--render [chart]',
      "also lint what helm renders; put it last, or name the chart's folder, .tgz or reference",
    )
    .option('--explain <rule>', 'print what a rule reports, why, and what to do instead')
    .option('--list', 'print every rule')
    .addHelpText('after', example('lint dist --values dist/helm/coralogix-infra-values.yaml --format github'))
    .addHelpText('after', '\nExit status: 0 fine, 1 findings, 2 bad input or usage, 3 helm or something else failed')
    .action(async (paths: string[], { explain, list, ...options }: WrittenOptions) => {
      if (explain !== undefined || list === true) {
        const { explainRule, listRules } = await import('./rule-help.ts');
        return explain === undefined ? listRules(options.format) : explainRule(explain);
      }
      const { lintCommand } = await import('./commands/lint.ts');
      const status = lintCommand(paths, options);
      if (status !== 0) {
        throw new Reported(status);
      }
    });
}

function asCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  }
  return Number(text);
}
