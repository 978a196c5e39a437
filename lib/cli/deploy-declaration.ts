import { type Command, Option } from 'commander';
import { stepNames } from '../run/context.ts';
import type { DeployOptions } from './commands/deploy.ts';
import type { UndeployOptions } from './commands/undeploy.ts';
import { configOption, example } from './options.ts';
import { Reported } from './reported.ts';

const statuses = (found: string, failed: string) =>
  `\nExit status: 0 done, 1 ${found}, 2 bad input or usage,\n3 ${failed}, 130 stopped by Ctrl-C, 143 by SIGTERM.\nRun it again to continue where it stopped.`;

/** Declares `podhost deploy` and `podhost undeploy`. */
export function declareDeploy(program: Command): void {
  const steps = (flag: string, description: string) =>
    new Option(`${flag} <step...>`, description).choices([...stepNames]);

  program
    .command('deploy')
    .description('deploy the synthesized system to a cluster: secrets, collector, manifests, restarts')
    .addOption(configOption())
    .option('--output <dir>', 'folder with the manifests', 'dist')
    .option('--host <user@address>', 'machine that runs k3s and builds the images')
    .option('--dry-run', 'print the commands as a shell script and change nothing')
    .addOption(steps('--only', 'run only these steps'))
    .addOption(steps('--skip', 'skip these steps'))
    .option('--yes', 'ask nothing')
    .option('--migrate', 'remove a legacy installation or another delivery of the collector')
    .option('--prune-volumes', 'remove volumes that are in no manifest any more, with their data')
    .addHelpText('after', example('deploy --config config/shop.yaml --dry-run'))
    .addHelpText('after', '\nSecrets come from environment variables of the same names, or are asked for.')
    .addHelpText(
      'after',
      statuses(
        'the preflight found problems or a hop is broken',
        'cluster, helm or host failed or a hop stayed in transition',
      ),
    )
    .action(async (options: DeployOptions) => {
      const { deployCommand } = await import('./commands/deploy.ts');
      exitWith(await deployCommand(options));
    });

  program
    .command('undeploy')
    .description('remove what deploy has created, after showing it; volumes and namespaces are kept')
    .addOption(configOption())
    .option('--yes', 'ask nothing')
    .option('--volumes', 'also remove volumes with their data, and the namespaces')
    .addHelpText('after', example('undeploy --config config/shop.yaml'))
    .addHelpText('after', statuses('problems were found', 'cluster, helm or host failed'))
    .action(async (options: UndeployOptions) => {
      const { undeployCommand } = await import('./commands/undeploy.ts');
      exitWith(await undeployCommand(options));
    });
}

function exitWith(status: number): void {
  if (status !== 0) {
    throw new Reported(status);
  }
}
