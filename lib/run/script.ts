import { comment, joined, type ShellText, sh } from '../text/shell.ts';
import type { VariableName } from '../text/variable-name.ts';
import type { Command } from './command/command.ts';
import { pipeChain } from './command/command.ts';
import { commandLine } from './command/shell-line.ts';
import type { PlannedAction, PlannedStep, PlanProblems } from './plan.ts';

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
   * Reasons why tools, cluster or host are not reachable, one line each.
   *
   * @default - all are reachable
   */
  readonly reasons?: readonly string[];
}

/** The commands of a deployment as a POSIX shell script that can be reviewed and run by hand. */
export function scriptOf(steps: readonly PlannedStep[], { name, host, reasons = [] }: ScriptOptions): string {
  const secrets = [...new Set(steps.flatMap(commandsOf).flatMap(secretsOf))];
  const common = new Set([...reasons, ...repeated(steps.flatMap(({ actions, ...step }) => [step, ...actions]))]);
  const lines = [
    sh`#!/bin/sh`,
    comment(`The commands of podhost deploy for ${name}.`),
    ...(secrets.length === 0 ? [] : [comment(`It needs these variables, exported or not: ${secrets.join(', ')}.`)]),
    ...[...common].map((reason) => comment(`The current state is unknown, so every command is printed: ${reason}`)),
    sh`set -eu`,
    ...steps.flatMap((step) => [
      sh``,
      comment(`== ${step.name}: ${step.title}`),
      ...problemLines(step, common),
      ...(step.actions.length === 0 && step.unknown === undefined && step.refused === undefined
        ? [comment('nothing to do')]
        : []),
      ...step.actions.flatMap((action) => linesOf(action, { host, common })),
    ]),
  ];
  return `${joined(lines, '\n').script}\n`;
}

/** Reasons that occur more than once are printed once, at the top. */
function repeated(keyNotes: readonly PlanProblems[]): string[] {
  const all = keyNotes.flatMap(({ unknown }) => unknown ?? []);
  return all.filter((reason, index) => all.indexOf(reason) !== index);
}

function problemLines({ unknown, refused }: PlanProblems, common: ReadonlySet<string>): ShellText[] {
  return [
    ...(unknown === undefined || common.has(unknown) ? [] : [comment(`The current state is unknown: ${unknown}`)]),
    ...(refused === undefined ? [] : [comment(`A deployment would fail here: ${refused}`)]),
  ];
}

interface Surroundings {
  readonly host: string | undefined;
  readonly common: ReadonlySet<string>;
}

function linesOf({ action, upToDate, ...problems }: PlannedAction, { host, common }: Surroundings): ShellText[] {
  const { title, commands } = action;
  if (upToDate !== undefined) {
    return [comment(`${title}: ${upToDate}`)];
  }
  return [
    comment(`${title}${commands.length === 0 ? ' (checked by podhost)' : ''}`),
    ...problemLines(problems, common),
    ...commands.map((command) => commandLine(command, host)),
  ];
}

const commandsOf = ({ actions }: PlannedStep): Command[] =>
  actions.flatMap(({ action, upToDate }) => (upToDate === undefined ? action.commands : []));

const secretsOf = (command: Command): readonly VariableName[] =>
  pipeChain(command).flatMap(({ input }) => (input !== undefined && 'secrets' in input ? input.secrets : []));
