import { PodhostError } from '../problems/podhost-error.ts';
import type { Problem } from '../problems/problem.ts';
import { unknownRule } from './known-rule.ts';
import { describedRules } from './rules/index.ts';
import type { LintSettings, RuleSetting } from './settings.ts';

/**
 * Severities as the command line writes them, `ID=error`, `ID=warning` or `ID=off`; the last one of a rule counts.
 *
 * @throws PodhostError with every one that is none
 */
export function ruleOptions(written: readonly string[]): LintSettings['rules'] {
  const problems: Problem[] = [];
  const entries = written.flatMap((option): [string, RuleSetting][] => {
    const [id = '', setting = ''] = option.split('=', 2);
    const unknown = unknownRule(id, describedRules);
    if (unknown !== undefined) {
      problems.push(unknown);
    } else if (!isSetting(setting)) {
      problems.push({
        code: 'lint/rule-option',
        message: `--rule ${option} sets no severity`,
        suggestion: `write: --rule ${id}=error, --rule ${id}=warning or --rule ${id}=off`,
      });
    } else {
      return [[id, setting]];
    }
    return [];
  });
  const [first, ...others] = problems;
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
  return Object.fromEntries(entries);
}

const isSetting = (text: string): text is RuleSetting => text === 'error' || text === 'warning' || text === 'off';
