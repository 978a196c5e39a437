import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { PodhostError } from '../problems/podhost-error.ts';
import { visibleLine } from '../text/visible.ts';
import { stoppedProblem } from './kube/read.ts';

/** Streams for questions and answers. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Whether both streams are a terminal. */
export const isInteractive = ({ input, output }: Terminal): boolean => input.isTTY === true && output.isTTY === true;

/**
 * Asks a question with the answers yes and no.
 *
 * @throws PodhostError when there is no terminal
 */
export async function askYesOrNo(question: string, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  if (!isInteractive(terminal)) {
    throw new PodhostError([
      { code: 'deploy/not-confirmed', message: `there is no terminal to ask: ${question}`, suggestion: 'add --yes' },
    ]);
  }
  const answer = await line(`${visibleLine(question)} [y/N] `, terminal, signal);
  return /^y(es)?$/i.test(answer.trim());
}

/**
 * Asks for a value until there is one.
 *
 * @param isFine whether a value is accepted
 */
export async function askText(
  question: string,
  terminal: Terminal,
  signal: AbortSignal,
  isFine: (answer: string) => boolean = (answer) => answer !== '',
): Promise<string> {
  for (;;) {
    const answer = (await line(`${visibleLine(question)}: `, terminal, signal)).trim();
    if (isFine(answer)) {
      return answer;
    }
  }
}

/** Asks for a value without echoing it. */
export async function askHidden(question: string, { input, output }: Terminal, signal: AbortSignal): Promise<string> {
  output.write(visibleLine(question));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await line('', { input, output: nowhere }, signal);
  } finally {
    output.write('\n');
  }
}

async function line(question: string, { input, output }: Terminal, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input, output, terminal: true, historySize: 0 });
  // In raw mode Ctrl-C is a character and not a signal.
  reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return await reader.question(question, { signal });
  } catch (error) {
    throw signal.aborted ? new PodhostError([stoppedProblem(signal)], 3) : error;
  } finally {
    reader.close();
  }
}
