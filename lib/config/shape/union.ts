import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Which alternative of a union a value comes nearest to. */
export type Nearest =
  /** None: the types that would have been right. */
  | { readonly expected: readonly string[] }
  /** Several equally: a mapping that has none of the keys that distinguish them. */
  | { readonly anyOf: readonly string[] }
  | { readonly issues: readonly Issue[] };

export function nearestAlternative(alternatives: readonly (readonly Issue[])[]): Nearest {
  const fitting = alternatives.filter(([issue]) => issue === undefined || !isOfWrongType(issue));
  const [first, ...others] = fitting;
  if (first === undefined) {
    return { expected: alternatives.flatMap(([issue]) => (issue?.code === 'invalid_type' ? [issue.expected] : [])) };
  }
  const anyOf = fitting.flatMap((issues) => soleMissingKey(issues) ?? []);
  if (others.length > 0 && anyOf.length === fitting.length) {
    return { anyOf };
  }
  return { issues: others.reduce((best, other) => (other.length < best.length ? other : best), first) };
}

const isOfWrongType = (issue: Issue): boolean => issue.code === 'invalid_type' && issue.path.length === 0;

function soleMissingKey([issue, ...others]: readonly Issue[]): string | undefined {
  const [key] = issue?.path ?? [];
  return issue?.code === 'invalid_type' && others.length === 0 ? String(key) : undefined;
}
