import { unexpandedReference } from '../../environment/unexpanded-reference.ts';
import type { Variable } from '../../environment/variable.ts';
import type { Reason } from '../hop.ts';
import type { SpanPath } from '../span-path.ts';

type Judged = { readonly reasons: readonly Reason[] } & (
  | { readonly status: 'broken'; readonly cause: 'unexpanded-reference' }
  | { readonly status: 'unknown' }
);

/** What a `$(NAME)` or `${NAME}` that stays in a variable's value means for the span; undefined where there is none. */
export function referenceVerdict(spanPath: SpanPath, variable: Variable): Judged | undefined {
  const found = unexpandedReference(spanPath.model, spanPath, variable);
  if (found === undefined) {
    return undefined;
  }
  const reasons = [{ message: found.reason }];
  return found.status === 'broken'
    ? { status: 'broken', cause: 'unexpanded-reference', reasons }
    : { status: 'unknown', reasons };
}
