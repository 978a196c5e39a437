import { type Command, InvalidArgumentError, Option } from 'commander';
import { addValuesOptions, collected, example, htmlOption, namespaceOption, optionalConfigOption } from './options.ts';
import { Reported } from './reported.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Declares `podhost verify`. */
export function declareVerify(program: Command): void {
  addValuesOptions(
    program
      .command('verify')
      .description(
        'prove hop by hop, in files, cluster and Coralogix, that the view is full, or name the hop that breaks',
      )
      .argument('[path...]', 'files, folders and globs that are committed; - reads standard input', ['dist']),
  )
    .addOption(namespaceOption())
    .addOption(optionalConfigOption('its namespaces and its region'))
    .option('--context <name>', 'context of the kubeconfig; without it the current one')
    .option('--cluster', 'read the cluster (the default)', true)
    .option('--no-cluster', 'do not read the cluster')
    .option('--coralogix', 'query Coralogix with the key in CORALOGIX_API_KEY or CX_API_KEY (the default)', true)
    .option('--no-coralogix', 'do not query Coralogix')
    .option('--api-host <host>', 'host of the queries; without it api.DOMAIN of the exporters')
    .option(
      '--service <name>',
      'only this service; NAMESPACE/NAME where several have the name; repeatable',
      collected,
      [],
    )
    .option('--only <hop>', 'only this hop; repeatable', collected, [])
    .addOption(
      new Option('--wait <time>', 'verify again until all is proven, for at most this time, e.g. 10m')
        .argParser(asMilliseconds)
        .default(0, 'no waiting'),
    )
    .addOption(
      new Option('--format <format>', 'text for people, json for programs, junit for build servers')
        .choices(['text', 'json', 'junit'] satisfies VerifyOptions['format'][])
        .default('text'),
    )
    .option('--verbose', 'show in text what every verdict rests on')
    .addOption(htmlOption())
    .option('--bundle <file>', 'also pack reports, objects, logs and metrics into a zip archive, with secrets masked')
    .option('--watch', 'verify again and again until Ctrl-C, and show what changes')
    .option(
      '--probe',
      'send one marked span as each service does, by a Job in its namespace that is deleted again, and look where it arrives',
    )
    .option('--probe-image <image>', 'image of that Job: telemetrygen, or a copy of it in a registry of your own')
    .option('--kubelet', 'also read the statistics of the kubelets, which needs the permission nodes/proxy')
    .option('--catalogue', 'also look for services and pods in the catalogue of Coralogix (preset APM of the key)')
    .option('--print-role', 'print the permissions that are needed as a Role and a ClusterRole, and verify nothing')
    .addHelpText('after', example('verify dist --config config/dataprime-demo.yaml --context prod --wait 10m'))
    .addHelpText(
      'after',
      '\nExit status: 0 all proven, 1 something is broken, 2 bad input or usage, 3 something is not proven',
    )
    .action(async (paths: string[], options: VerifyOptions) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      const status = await verifyCommand(paths, options);
      if (status !== 0) {
        throw new Reported(status);
      }
    });
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function asMilliseconds(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  const factor = units[unit];
  if (number === undefined || factor === undefined) {
    throw new InvalidArgumentError('It must be a number with a unit, e.g. 90s or 10m.');
  }
  return Number(number) * factor;
}
