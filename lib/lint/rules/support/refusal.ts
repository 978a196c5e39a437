import type { ShapeProblem } from '../../../chart/schema/shape-problems.ts';
import type { SourceDocument } from '../../../yaml/source-document.ts';
import type { Path } from '../../../yaml/value.ts';
import { mappingAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { nameMeant, shownValue, valueMeant } from './meant.ts';
import { renameFix } from './rename-fix.ts';

const consequence = 'helm refuses to install the chart';

/**
 * What the schema refuses, as a finding.
 *
 * @param root where the values of the sub-chart stand
 */
export function refusal(problem: ShapeProblem, document: SourceDocument, root: Path): RuleFinding {
  const path = [...root, ...problem.path];
  const title = path.join('.');
  switch (problem.kind) {
    case 'unknown-key': {
      const parent = path.slice(0, -1);
      const meant = nameMeant(problem.path, problem.known);
      const siblings = mappingAt(document.value, ...parent);
      return {
        message: `${parent.join('.')} has no key ${path.at(-1)}: ${consequence}`,
        place: document.place(path, 'key'),
        suggestion: meant.suggestion,
        ...(meant.key === undefined ? {} : renameFix(document, path, meant.key, siblings, meant.isCertain)),
      };
    }
    case 'wrong-value':
      return {
        message: `${title} must be ${problem.expected}${shownValue(problem.value, path)}: ${consequence}`,
        place: document.place(path),
        suggestion: valueMeant(problem.value, problem.expected, path),
      };
    case 'null':
      return {
        message: `${title} is null, and the chart has no value there that null could take away: ${consequence}`,
        place: document.place(path),
        suggestion: `remove ${path.at(-1)}`,
      };
    case 'missing-key':
      return {
        message: `${title} needs ${problem.keys.join(' and ')}: ${consequence}`,
        place: document.place(path),
        suggestion: `write: ${problem.keys.map((key) => `${key}: …`).join(', ')}`,
      };
    case 'not-exactly-one':
      return {
        message: `${title} needs exactly one of ${problem.keys.join(' and ')}: ${consequence}`,
        place: document.place(path),
        suggestion: `keep one of ${problem.keys.join(' and ')}`,
      };
  }
}
