import { CommanderError } from 'commander';
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
  const program = createProgram();
  program.hook('preAction', (_, command) => {
    format = command.getOptionValue('format') === 'json' ? 'json' : 'text';
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has told what is wrong; `--help` and `--version` end here as well.
      return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof Reported) {
      return error.exitStatus;
    }
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(error, format);
  }
}
