import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { PodhostError } from '../../problems/podhost-error.ts';
import { stoppedProblem } from '../engine/command-problem.ts';

/** Whether somebody is there to answer. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/**
 * Asks a person for yes or no.
 *
 * @throws PodhostError when nobody is there
 */
export async function askYesOrNo(question: string, signal: AbortSignal): Promise<boolean> {
  if (!isInteractive()) {
    throw new PodhostError([
      { code: 'deploy/not-confirmed', message: `nobody is there to answer: ${question}`, suggestion: 'add --yes' },
    ]);
  }
  const answer = await line(`${question} [y/N] `, process.stderr, signal);
  return /^y(es)?$/i.test(answer.trim());
}

/** Asks a person for a value that does not show. */
export async function askHidden(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await line('', nowhere, signal);
  } finally {
    process.stderr.write('\n');
  }
}

async function line(question: string, output: NodeJS.WritableStream, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  // In raw mode Ctrl-C is a character, and no signal.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await reader.question(question, { signal });
  } catch (error) {
    throw signal.aborted ? new PodhostError([stoppedProblem(signal)], 3) : error;
  } finally {
    reader.close();
  }
}
