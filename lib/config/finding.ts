import type { Place, Problem } from '../problems/problem.ts';
import { visibleLine } from '../text/visible.ts';

/** A problem of the configuration before it has a code: a rule does not know what it is called. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
  readonly suggestion?: string | undefined;
  /** Whether the line must not be shown. */
  readonly confidential?: boolean;
}

/**
 * The finding as a problem of the area `config`.
 *
 * @param level how bad it is
 * @default level - an error
 */
export const asProblem = (
  id: string,
  { place, message, suggestion, confidential }: Finding,
  level?: Problem['level'],
): Problem => ({
  code: `config/${id}`,
  // A rule names keys and values as they were read.
  message: visibleLine(message),
  place,
  ...(suggestion === undefined ? {} : { suggestion: visibleLine(suggestion) }),
  ...(confidential === true ? { confidential } : {}),
  ...(level === undefined ? {} : { level }),
});
