import { type Command, Option } from 'commander';
import { otlpProtocols } from '../telemetry/environment.ts';
import type { InstrumentOptions } from './commands/instrument.ts';
import { collected, example, formatOption, optionalConfigOption } from './options.ts';
import { Reported } from './reported.ts';

const details = `
Manifests go to standard output, the report to standard error: a line for each object with pods, then what was mended
and what is assumed, then how much was read. Nothing but env and the annotation podhost.dev/instrumented changes.
The annotation podhost.dev/instrument: "false" leaves pods as they are; "true" or names of containers instrument those
that run somebody else's image.

Exit status: 0 fine, 1 with --check when something would change, 2 bad input or usage, 3 something outside failed`;

/** Declares `podhost instrument`. */
export function declareInstrument(program: Command): void {
  program
    .command('instrument')
    .description('give existing manifests what their spans need to name pod and node')
    .argument('[path...]', 'files, folders and globs; - reads standard input', ['-'])
    .addOption(optionalConfigOption('environment, namespace and the key instrument, which flags outrank'))
    .option('--write', 'change the files, all of them or none')
    .option('--diff', 'print what would change instead of the manifests')
    .option('--check', 'print nothing but the report, and fail when something would change')
    .option('--uninstrument', 'take away exactly what was added')
    .option('--patches <dir>', 'write a Kustomize component with a patch for each workload instead')
    .option('--endpoint <url>', 'address of the collector, also in place of one that workloads have')
    .option('--endpoint-config-map <name[:key]>', 'ConfigMap that holds the address, in the namespace of each workload')
    .addOption(
      new Option('--protocol <protocol>', 'of containers that name none; without it by language').choices([
        ...otlpProtocols,
      ]),
    )
    .option('--environment <name>', 'deployment.environment of the workloads')
    .option('--namespace <name>', 'namespace of objects that name none; without it that of --config, else default')
    .option('--selector <labels>', 'only objects with these labels, as for kubectl')
    .option(
      '--service-name-from-labels',
      'take service names from app.kubernetes.io/instance and app.kubernetes.io/name',
    )
    .option('--template-path <kind=path>', 'where a further kind has its pod template; repeatable', collected, [])
    .addOption(formatOption())
    .addHelpText('after', example('instrument k8s --environment production --write'))
    .addHelpText('after', example('instrument - --check < rendered.yaml'))
    .addHelpText('after', details)
    .action(async (paths: string[], options: InstrumentOptions) => {
      const { instrumentCommand } = await import('./commands/instrument.ts');
      const status = instrumentCommand(paths, options);
      if (status !== 0) {
        throw new Reported(status);
      }
    });
}
