import { podhost } from '../command-name.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import type { Place, Problem } from '../problems/problem.ts';
import { nearest } from '../text/did-you-mean.ts';
import { runInstruction, sh } from '../text/shell.ts';
import type { RuleDescription } from './rule.ts';

/** What is wrong with the id of a rule in an input; undefined when there is such a rule. */
export function unknownRule(id: string, rules: readonly RuleDescription[], place?: Place): Problem | undefined {
  const ids = rules.map((rule) => rule.id);
  if (ids.includes(id)) {
    return undefined;
  }
  const meant = nearest(id, ids);
  return {
    code: 'lint/unknown-rule',
    message: `there is no rule ${id}`,
    suggestion: meant.length === 0 ? runInstruction(sh`${podhost} lint --list`) : `write: ${meant.join(' or ')}`,
    ...(place === undefined ? {} : { place }),
  };
}

/**
 * @param place where an id stands, if it stands in a file
 * @throws PodhostError with every id that is no rule's
 */
export function assertKnownRules(
  ids: readonly string[],
  rules: readonly RuleDescription[],
  place?: (id: string) => Place | undefined,
): void {
  const [first, ...others] = ids.flatMap((id) => unknownRule(id, rules, place?.(id)) ?? []);
  if (first !== undefined) {
    throw new PodhostError([first, ...others]);
  }
}
