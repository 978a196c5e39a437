import type { Problem } from '../../problems/problem.ts';
import type { CommandResult } from '../../run/command/command.ts';
import { type Version, written } from './version.ts';

/** A program that a step needs, and that does not run. */
export function missingTool(program: string, { stderr }: CommandResult, install: string): Problem {
  const [why = ''] = stderr.trim().split('\n');
  return {
    code: `deploy/no-${program}`,
    message: why.includes(program) ? why : `${program} does not run${why === '' ? '' : `: ${why}`}`,
    suggestion: install,
  };
}

/** A program that is too old to do what a step asks of it. */
export const oldTool = (program: string, found: string, oldest: Version, install: string): Problem => ({
  code: `deploy/old-${program}`,
  message: `${program} ${found} is older than ${written(oldest)}, and cannot do all that is asked of it`,
  suggestion: install,
});
