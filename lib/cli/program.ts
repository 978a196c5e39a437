import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { packageFolder } from '../package-folder.ts';
import { visibleLine } from '../text/visible.ts';
import { declareCollectors } from './collectors-declaration.ts';
import type { CheckOptions } from './commands/check.ts';
import type { SynthOptions } from './commands/synth.ts';
import { declareDeploy } from './deploy-declaration.ts';
import { declareExplain } from './explain-declaration.ts';
import { declareForecast } from './forecast-declaration.ts';
import { declareInit } from './init-declaration.ts';
import { declareInstrument } from './instrument-declaration.ts';
import { declareLint } from './lint-declaration.ts';
import { configOption, example, formatOption } from './options.ts';
import { print, reportText } from './printer.ts';
import { declareVerify } from './verify-declaration.ts';

/** Who declares which commands, in the order of the help. */
const declarations: readonly (readonly [names: readonly string[], declare: (program: Command) => void])[] = [
  [['synth'], declareSynth],
  [['check'], declareCheck],
  [['init'], declareInit],
  [['instrument'], declareInstrument],
  [['lint'], declareLint],
  [['deploy', 'undeploy'], declareDeploy],
  [['explain'], declareExplain],
  [['forecast'], declareForecast],
  [['collectors'], declareCollectors],
  [['verify'], declareVerify],
];

/**
 * The commands and their options. What a command does is loaded when it runs: `--help` needs neither the configuration's
 * definition nor cdk8s.
 *
 * @param first of the arguments: where it is the name of a command, no other one is declared, which takes a while
 */
export function createProgram(first?: string): Command {
  const program = new Command('podhost')
    .description('Fills the Pod & Host view of Coralogix APM for every service of an application.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: reportText, outputError: (text, write) => write(usageError(text)) })
    .showHelpAfterError('(podhost COMMAND --help shows what a command takes)');
  const named = declarations.filter(([names]) => first !== undefined && names.includes(first));
  for (const [, declare] of named.length > 0 ? named : declarations) {
    declare(program);
  }
  return program;
}

function declareSynth(program: Command): void {
  program
    .command('synth')
    .description('write the manifests and Helm values of a system; a bad configuration leaves them as they are')
    .addOption(configOption())
    .option('--output <dir>', 'folder to write to', 'dist')
    .option('--watch', 'write again after each save of the configuration, and print which objects changed')
    .addOption(formatOption())
    .addHelpText('after', example('synth --config config/shop.yaml --output dist/shop'))
    .action(async (options: SynthOptions) => {
      const { synthCommand } = await import('./commands/synth.ts');
      await synthCommand(options);
    });
}

function declareCheck(program: Command): void {
  program
    .command('check')
    .description('report every problem of a configuration, and write nothing')
    .addOption(configOption())
    .addOption(formatOption())
    .addHelpText('after', example('check --config config/shop.yaml'))
    .action(async (options: CheckOptions) => {
      const { checkCommand } = await import('./commands/check.ts');
      await checkCommand(options);
    });
}

/** Commander puts what it was given into its message, and what it thinks was meant on a line of its own. */
function usageError(text: string): string {
  const end = /(?:\n\(Did you mean [^\n]*\?\))?\n?$/.exec(text)?.index ?? text.length;
  return visibleLine(text.slice(0, end)) + text.slice(end);
}

function packageVersion(): string {
  const { version }: { readonly version?: unknown } = JSON.parse(
    readFileSync(join(packageFolder, 'package.json'), 'utf8'),
  );
  return String(version);
}
