import { formatProblem } from '../../problems/format.ts';
import type { Level, LintFinding } from '../lint-finding.ts';
import { shownMessage } from './location.ts';
import type { Report } from './report.ts';

const tones = { error: 'red', warning: 'yellow', note: 'cyan' } as const satisfies Record<Level, string>;

/** For people: each finding with its line, a caret, and what to write. */
export function textFormat({ result, lines, colour }: Report): string {
  const blocks = [
    ...result.findings.map((finding) =>
      formatProblem(asProblem(finding), { lines, colour, tone: tones[finding.level] }),
    ),
    ...result.failures.map((failure) => formatProblem(failure, { colour })),
  ];
  return blocks.map((block) => `${block}\n`).join('');
}

function asProblem(finding: LintFinding) {
  const { rule, level, place, suggestion, confidential, renderedFrom } = finding;
  return {
    code: rule.id,
    message: `${level === 'note' ? 'cannot tell' : level}: ${shownMessage({ ...finding, renderedFrom: undefined })}`,
    place: renderedFrom === undefined ? place : { ...place, file: `${renderedFrom} (rendered)` },
    confidential,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
