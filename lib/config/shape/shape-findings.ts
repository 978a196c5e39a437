import type { z } from 'zod';
import type { Located, Path } from '../reading/located.ts';
import { plainValue } from '../reading/plain-value.ts';
import { didYouMean } from './did-you-mean.ts';
import { invalidKey, unknownKeys } from './key-findings.ts';
import { schemasAt } from './schema-at.ts';
import { missingKey, refusedValue, unknownOption, wrongType } from './value-findings.ts';

/** Something that a definition does not allow. */
export interface ShapeFinding {
  readonly id: 'unknown-key' | 'missing-key' | 'wrong-type' | 'invalid-value' | 'invalid-key';
  readonly message: string;
  readonly suggestion?: string;
  /** The value that rules must not look at. */
  readonly path: Path;
  /** Whether the key, not the value, is to be pointed at. */
  readonly atKey?: boolean;
}

/** Zod's issues in the words of this project. */
export function shapeFindings(
  schema: z.ZodType,
  root: Located,
  issues: readonly z.core.$ZodIssue[],
  base: Path = [],
): ShapeFinding[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    const value = locate(root, path);
    const context = { schema, root, path, value };
    if (issue.code === 'unrecognized_keys') {
      return unknownKeys(context, issue.keys);
    }
    if (issue.code === 'invalid_key') {
      return invalidKey(context, issue.issues[0]?.message ?? 'is no key');
    }
    if (value.kind === 'absent') {
      return [missingKey(context)];
    }
    switch (issue.code) {
      case 'invalid_type':
        return [wrongType(context, [issue.expected])];
      case 'invalid_value':
        return [unknownOption(context, issue.values.map(String))];
      case 'invalid_union':
        return 'discriminator' in issue && issue.discriminator !== undefined
          ? unknownType(context, (issue.options ?? []).map(String))
          : unionFindings(context, issue.errors);
      default:
        return [refusedValue(context, issue.message)];
    }
  });
}

/** What the findings of one value are made of. */
export interface ShapeContext {
  readonly schema: z.ZodType;
  readonly root: Located;
  readonly path: Path;
  readonly value: Located;
}

/** The findings of the alternative that comes nearest, or all types that would have been right. */
function unionFindings(context: ShapeContext, alternatives: readonly (readonly z.core.$ZodIssue[])[]): ShapeFinding[] {
  const { schema, root, path } = context;
  const expected = alternatives.flatMap(([issue]) =>
    issue?.code === 'invalid_type' && issue.path.length === 0 ? [issue.expected] : [],
  );
  if (expected.length === alternatives.length) {
    return [wrongType(context, [...new Set(expected)])];
  }
  const fitting = alternatives.filter(([issue]) => !(issue?.code === 'invalid_type' && issue.path.length === 0));
  const unknown = (issues: readonly z.core.$ZodIssue[]) =>
    issues.filter(({ code }) => code === 'unrecognized_keys').length;
  const [nearest = []] = [...fitting].sort((a, b) => a.length - b.length || unknown(a) - unknown(b));
  return shapeFindings(schema, root, nearest, path);
}

/** A type that does not exist; what else is wrong is judged by the type that was probably meant. */
function unknownType(context: ShapeContext, types: readonly string[]): ShapeFinding[] {
  const { schema, root, path, value } = context;
  const meant = didYouMean(value.written() ?? '', types);
  const parentPath = path.slice(0, -1);
  const parent = plainValue(locate(root, parentPath));
  const option = schemasAt(schema, root, parentPath)[0];
  const others =
    meant === undefined || option === undefined || typeof parent !== 'object'
      ? []
      : (option.safeParse({ ...parent, [String(path.at(-1))]: meant }).error?.issues ?? []);
  return [unknownOption(context, types), ...shapeFindings(schema, root, others, parentPath)];
}

export function locate(root: Located, path: Path): Located {
  return path.reduce<Located>(
    (value, step) => (typeof step === 'number' ? (value.items()[step] ?? value.get(String(step))) : value.get(step)),
    root,
  );
}
