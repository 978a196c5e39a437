import { CommanderError } from 'commander';
import { PodhostError } from '../problems/podhost-error.ts';
import { createProgram } from './program.ts';
import { Reported } from './reported.ts';

/**
 * Runs one command line.
 *
 * @param args arguments without the program's own name
 * @returns the exit status: 0 fine, 1 findings, 2 bad input or usage, 3 something outside failed
 */
export async function run(args: readonly string[]): Promise<number> {
  let format: 'text' | 'json' = 'text';
  const program = createProgram(args[0]);
  program.hook('preAction', (_, command) => {
    format = command.getOptionValue('format') === 'json' ? 'json' : 'text';
  });
  try {
    refuseNul(args);
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed the problem; `--help` and `--version` end here as well.
      return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof Reported) {
      return error.exitStatus;
    }
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(error, format);
  }
}

/** No path and no argument of a program can hold it, so that it could only be cut off there. */
function refuseNul(args: readonly string[]): void {
  const found = args.find((arg) => arg.includes('\0'));
  if (found !== undefined) {
    const message = `the argument ${JSON.stringify(found)} holds the character U+0000, which no file and no name can have`;
    throw new PodhostError([{ code: 'cli/invalid-argument', message, suggestion: 'leave it out' }]);
  }
}
