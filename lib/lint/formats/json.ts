import type { z } from 'zod';
import { visibleJson } from '../../text/visible.ts';
import type { LintFinding } from '../lint-finding.ts';
import { countsOf } from '../lint-result.ts';
import type { lintResultSchema } from './json-schema.ts';
import type { Report } from './report.ts';

/** For programs: like every other JSON of this command, the problems with their places. */
export function jsonFormat({ result, files, coverage }: Report): string {
  const report: z.input<typeof lintResultSchema> = {
    version: 1,
    problems: result.findings.map(asJson),
    suppressed: result.suppressed.map(({ finding, reason }) => ({ ...asJson(finding), reason })),
    failures: result.failures,
    counts: { ...countsOf(result), suppressed: result.suppressed.length, files: files.length },
    ...(coverage === undefined ? {} : { coverage }),
  };
  return `${visibleJson(report)}\n`;
}

const asJson = ({ rule, level, fix, confidential, ...finding }: LintFinding) => ({
  code: `lint/${rule.id}`,
  rule: rule.id,
  level,
  ...finding,
  fixable: fix !== undefined,
});
