import { podhost } from '../../command-name.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { runInstruction, sh } from '../../text/shell.ts';
import type { RuleDescription, RuleFinding } from '../rule.ts';
import { suppressionAnnotation } from './annotation.ts';
import { suppressionComment } from './comment.ts';
import type { Suppression } from './suppression.ts';

/** Not a rule like the others: what it looks at is no part of the system but an instruction to the run. */
export const validSuppression: RuleDescription = {
  id: 'valid-suppression',
  severity: 'warning',
  documentation: {
    summary: 'Reports an annotation or a comment that suppresses a rule that does not exist, or does not say why.',
    why: [
      'A suppression without a reason cannot be reviewed: it is not known later whether the finding is still expected.',
      'A suppression that names no rule hides nothing, although its author expects that it does.',
      'In both cases the finding that was meant to be suppressed is reported as before.',
    ].join(' '),
    remediation: 'Write the id of the rule as `podhost lint --list` prints it, and the reason behind it.',
    example: [
      'metadata:',
      '  annotations:',
      `    ${suppressionAnnotation('no-direct-export')}: "sends to the collector of another team, by agreement"`,
      '---',
      '# in a values file, above the line:',
      suppressionComment('no-unknown-top-level-key', 'our wrapper chart reads it'),
      'ourSettings: {}',
      '',
    ].join('\n'),
    see: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],
  },
};

/** What is wrong with suppressions themselves. */
export function suppressionFindings(suppressions: readonly Suppression[], ruleIds: readonly string[]): RuleFinding[] {
  return suppressions.flatMap((suppression) => {
    const problem = problemOf(suppression, ruleIds);
    const about = suppression.manifest === undefined ? {} : { manifest: suppression.manifest };
    return problem === undefined ? [] : { ...problem, ...about, place: suppression.place() };
  });
}

function problemOf({ ruleId, reason }: Suppression, ruleIds: readonly string[]) {
  if (ruleId === '') {
    return { message: 'this suppression names no rule', suggestion: runInstruction(sh`${podhost} lint --list`) };
  }
  if (!ruleIds.includes(ruleId)) {
    const meant = didYouMean(ruleId, ruleIds);
    return {
      message: `there is no rule ${ruleId}, so nothing is suppressed`,
      suggestion: meant === undefined ? runInstruction(sh`${podhost} lint --list`) : `write: ${meant}`,
    };
  }
  return reason === ''
    ? { message: `${ruleId} is not suppressed without a reason`, suggestion: 'write why' }
    : undefined;
}
