import type { Command } from '../command/command.ts';
import { pipeChain } from '../command/pipe-chain.ts';
import type { PlannedAction, PlannedStep } from '../engine/planned-step.ts';
import { commandLine } from './shell-line.ts';

export interface ScriptOptions {
  /** Name of the system. */
  readonly name: string;
  /**
   * Where commands of the host run.
   *
   * @default - on this machine
   */
  readonly host?: string;
}

/** What a deployment would run now, as a POSIX shell script that a careful person could run by hand. */
export function scriptOf(steps: readonly PlannedStep[], { name, host }: ScriptOptions): string {
  const secrets = [...new Set(steps.flatMap(commandsOf).flatMap(secretsOf))];
  const lines = [
    '#!/bin/sh',
    `# What podhost deploy would run for ${comment(name)}.`,
    ...(secrets.length === 0 ? [] : [`# It needs in the environment, exported or not: ${secrets.join(', ')}.`]),
    'set -eu',
    ...steps.flatMap(({ name: step, title, actions, unknown }) => [
      '',
      `# == ${step}: ${comment(title)}`,
      ...(unknown === undefined ? [] : [`# What there is to do could not be told: ${comment(unknown)}`]),
      ...(unknown === undefined && actions.length === 0 ? ['# nothing to do'] : []),
      ...actions.flatMap((action) => linesOf(action, host)),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf({ action: { title, commands }, alreadySo }: PlannedAction, host: string | undefined): string[] {
  if (alreadySo !== undefined) {
    return [`# ${comment(title)}: ${comment(alreadySo)}`];
  }
  return [
    `# ${comment(title)}${commands.length === 0 ? ' (looked at by podhost)' : ''}`,
    ...commands.map((command) => String(commandLine(command, host))),
  ];
}

const commandsOf = ({ actions }: PlannedStep): Command[] =>
  actions.flatMap(({ action, alreadySo }) => (alreadySo === undefined ? action.commands : []));

const secretsOf = (command: Command): readonly string[] =>
  pipeChain(command).flatMap(({ input }) => (input !== undefined && 'secrets' in input ? input.secrets : []));

/** A comment ends with its line, and so would end what hides the rest of the text from the shell. */
const comment = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, '; ');
