import type { z } from 'zod';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Path } from '../../yaml/value.ts';
import { type Located, locate } from '../reading/located.ts';
import { plainValue } from '../reading/plain-value.ts';
import { invalidKey, missingKey, missingOneOf, unknownKeys } from './key-problems.ts';
import { schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';
import { refusedValue, unknownOption, wrongType } from './value-problems.ts';

type Issue = z.core.$ZodIssue;

/** Zod's issues in the words of this project. */
export function shapeProblems(
  schema: z.ZodType,
  root: Located,
  issues: readonly Issue[],
  base: Path = [],
): ShapeProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    return findingsOf(issue, { schema, root, path, value: locate(root, path) });
  });
}

function findingsOf(issue: Issue, context: ShapeContext): ShapeProblem[] {
  const { schema, root, path, value } = context;
  if (issue.code === 'unrecognized_keys') {
    return unknownKeys(context, issue.keys);
  }
  if (issue.code === 'invalid_key') {
    return [invalidKey(context, issue.issues[0]?.message ?? 'is no key')];
  }
  if (value.kind === 'absent') {
    return [missingKey(context)];
  }
  switch (issue.code) {
    case 'invalid_type':
      return [wrongType(context, [issue.expected])];
    case 'invalid_value':
      return [unknownOption(context, issue.values.map(String))];
    case 'invalid_union': {
      if ('options' in issue) {
        return unknownType(context, (issue.options ?? []).map(String));
      }
      const nearest = nearestAlternative(issue.errors);
      if ('expected' in nearest) {
        return [wrongType(context, nearest.expected)];
      }
      return 'anyOf' in nearest
        ? [missingOneOf(context, nearest.anyOf)]
        : shapeProblems(schema, root, nearest.issues, path);
    }
    default:
      return [refusedValue(context, issue.message)];
  }
}

/** A type that does not exist; what else is wrong is judged by the type that was probably meant. */
function unknownType(context: ShapeContext, types: readonly string[]): ShapeProblem[] {
  const { schema, root, path, value } = context;
  const meant = didYouMean(value.written() ?? '', types);
  const parentPath = path.slice(0, -1);
  const parent = plainValue(locate(root, parentPath));
  const [option] = schemasAt(schema, root, parentPath);
  if (meant === undefined || option === undefined || typeof parent !== 'object') {
    return [unknownOption(context, types)];
  }
  const others = option.safeParse({ ...parent, [String(path.at(-1))]: meant }).error?.issues ?? [];
  return [unknownOption(context, types), ...shapeProblems(schema, root, others, parentPath)];
}

/** Which alternative of a union a value comes nearest to. */
type Nearest =
  /** None: the types that would have been right. */
  | { readonly expected: readonly string[] }
  /** Several equally: a mapping that has none of the keys that distinguish them. */
  | { readonly anyOf: readonly string[] }
  | { readonly issues: readonly Issue[] };

function nearestAlternative(alternatives: readonly (readonly Issue[])[]): Nearest {
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
