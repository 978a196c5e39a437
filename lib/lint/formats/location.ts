import type { Place } from '../../problems/problem.ts';
import type { LintFinding } from '../lint-finding.ts';

/** Where a finding can be shown: rendered manifests are no file, so theirs is the values file that they come from. */
export const shownPlace = ({ place, renderedFrom }: LintFinding): Place =>
  renderedFrom === undefined ? place : { file: renderedFrom, line: 1, column: 1 };

/** The message, with the place in the rendered manifests where that is not where it is shown. */
export function shownMessage({ message, place, renderedFrom, repeats }: LintFinding): string {
  const also = repeats === 0 ? '' : ` (and ${repeats === 1 ? 'one other place' : `${repeats} other places`})`;
  const where = renderedFrom === undefined ? '' : ` (line ${place.line} of the rendered manifests)`;
  return `${message}${also}${where}`;
}

/** Standard input has no path that anything could be shown at. */
export const hasPath = ({ file }: Place): boolean => !file.startsWith('<');
