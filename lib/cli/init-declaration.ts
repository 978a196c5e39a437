import type { Command } from 'commander';
import type { InitOptions } from './commands/init.ts';
import { example } from './options.ts';

/** Declares `podhost init`. */
export function declareInit(program: Command): void {
  program
    .command('init')
    .description('write the smallest configuration for manifests that exist')
    .argument('[path...]', 'files, folders and globs; - reads standard input', ['.'])
    .option('--domain <domain>', 'domain of the Coralogix region')
    .option('--cluster-name <name>', 'k8s.cluster.name of everything that the collector sends')
    .option('--environment <name>', 'deployment.environment of the workloads')
    .option('--namespace <name>', 'namespace of the workloads; without it that of most of them')
    .option('--name <name>', 'name of the system; without it that of the namespace')
    .option('--output <file>', 'file to write', 'podhost.yaml')
    .addHelpText('after', '\nOn a terminal it asks for what no option names: domain, cluster, environment, namespace.')
    .addHelpText('after', example('init k8s --domain eu2.coralogix.com --cluster-name prod-1 --environment production'))
    .action(async (paths: string[], options: InitOptions) => {
      const { initCommand } = await import('./commands/init.ts');
      await initCommand(paths, options);
    });
}
