import { comment, joined, type ShellText, sh } from '../text/shell.ts';
import type { VariableName } from '../text/variable-name.ts';
import type { Command } from './command/command.ts';
import { pipeChain } from './command/command.ts';
import { commandLine } from './command/shell-line.ts';
import type { Doubt, PlannedAction, PlannedStep } from './plan.ts';

export interface ScriptOptions {
  /** Name of the system. */
  readonly name: string;
  /**
   * Where commands of the host run.
   *
   * @default - on this machine
   */
  readonly host?: string;
  /**
   * Why tools, cluster or host give no answer, one line each.
   *
   * @default - they do
   */
  readonly reasons?: readonly string[];
}

/** What a deployment would run now, as a POSIX shell script that a careful person could run by hand. */
export function scriptOf(steps: readonly PlannedStep[], { name, host, reasons = [] }: ScriptOptions): string {
  const secrets = [...new Set(steps.flatMap(commandsOf).flatMap(secretsOf))];
  const common = new Set([...reasons, ...repeated(steps.flatMap(({ actions, ...step }) => [step, ...actions]))]);
  const lines = [
    sh`#!/bin/sh`,
    comment(`What podhost deploy would run for ${name}.`),
    ...(secrets.length === 0 ? [] : [comment(`It needs in the environment, exported or not: ${secrets.join(', ')}.`)]),
    ...[...common].map((reason) => comment(`The present state is unknown, so that all is to be done: ${reason}`)),
    sh`set -eu`,
    ...steps.flatMap((step) => [
      sh``,
      comment(`== ${step.name}: ${step.title}`),
      ...doubtLines(step, common),
      ...(step.actions.length === 0 && step.unknown === undefined && step.refused === undefined
        ? [comment('nothing to do')]
        : []),
      ...step.actions.flatMap((action) => linesOf(action, { host, common })),
    ]),
  ];
  return `${joined(lines, '\n').script}\n`;
}

/** Reasons that occur more than once are printed once, at the top. */
function repeated(doubts: readonly Doubt[]): string[] {
  const all = doubts.flatMap(({ unknown }) => unknown ?? []);
  return all.filter((reason, index) => all.indexOf(reason) !== index);
}

function doubtLines({ unknown, refused }: Doubt, common: ReadonlySet<string>): ShellText[] {
  return [
    ...(unknown === undefined || common.has(unknown) ? [] : [comment(`The present state is unknown: ${unknown}`)]),
    ...(refused === undefined ? [] : [comment(`A deployment would stop here: ${refused}`)]),
  ];
}

interface Surroundings {
  readonly host: string | undefined;
  readonly common: ReadonlySet<string>;
}

function linesOf({ action, alreadySo, ...doubt }: PlannedAction, { host, common }: Surroundings): ShellText[] {
  const { title, commands } = action;
  if (alreadySo !== undefined) {
    return [comment(`${title}: ${alreadySo}`)];
  }
  return [
    comment(`${title}${commands.length === 0 ? ' (looked at by podhost)' : ''}`),
    ...doubtLines(doubt, common),
    ...commands.map((command) => commandLine(command, host)),
  ];
}

const commandsOf = ({ actions }: PlannedStep): Command[] =>
  actions.flatMap(({ action, alreadySo }) => (alreadySo === undefined ? action.commands : []));

const secretsOf = (command: Command): readonly VariableName[] =>
  pipeChain(command).flatMap(({ input }) => (input !== undefined && 'secrets' in input ? input.secrets : []));
