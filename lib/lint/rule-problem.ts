import { podhost } from '../command-name.ts';
import type { Problem } from '../problems/problem.ts';
import { stackLines } from '../problems/stack-lines.ts';
import { maskSecrets } from '../secrets/mask-secrets.ts';
import { run, sh } from '../text/shell.ts';

/** The problem of a rule that threw an error. */
export function ruleProblem(ruleId: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'lint/rule-failed',
    message: `rule ${ruleId} failed, the others ran: ${maskSecrets(reason)}`,
    ...(process.env['DEBUG'] ? { details: stackLines(error) } : {}),
    suggestion: `this is a defect in podhost: report it, and until then ${run(sh`${podhost} lint --rule ${`${ruleId}=off`}`)}`,
  };
}
