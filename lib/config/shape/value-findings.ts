import type { z } from 'zod';
import { literalSecret } from '../../secrets/literal-secret.ts';
import type { Path } from '../reading/located.ts';
import { repairs } from '../schema/repairs.ts';
import { didYouMean } from './did-you-mean.ts';
import { expectedKind, foundKind } from './kind-words.ts';
import { pathname } from './pathname.ts';
import { oneOf, quoted } from './quoted.ts';
import { schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeFinding } from './shape-findings.ts';

/** A key that must be there. */
export function missingKey({ schema, root, path }: ShapeContext): ShapeFinding {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1);
  const description = schemasAt(schema, root, path).find((candidate) => candidate.description)?.description;
  return {
    id: 'missing-key',
    path,
    message: `${parent.length === 0 ? 'the file' : pathname(parent)} has no key ${key}`,
    suggestion: `write: ${key}: …${description === undefined ? '' : `  # ${description}`}`,
  };
}

/** A list where a text belongs, and the like. */
export function wrongType({ path, value }: ShapeContext, expected: readonly string[]): ShapeFinding {
  const wanted = oneOf([...new Set(expected.map(expectedKind))]);
  const written = value.written();
  const isListOfOne = expected.includes('array') && written !== undefined && /^[\w.-]+$/.test(written);
  return {
    id: 'wrong-type',
    path,
    message: `${pathname(path) || 'the file'}: expected ${wanted}, found ${foundKind(value)}`,
    ...(isListOfOne && literalSecret(nameOf(path), written) === undefined ? { suggestion: `write: [${written}]` } : {}),
  };
}

/** None of a fixed set of words. */
export function unknownOption(context: ShapeContext, options: readonly string[]): ShapeFinding {
  const { path, value } = context;
  const written = value.written();
  if (written === undefined) {
    return wrongType(context, ['string']);
  }
  return {
    id: 'invalid-value',
    path,
    message: `${pathname(path)} must be ${oneOf(options)}, not ${quoted(written, nameOf(path))}`,
    suggestion: `write: ${didYouMean(written, options) ?? oneOf(options)}`,
  };
}

/** Text of the wrong form. `reason` begins with "must …". */
export function refusedValue({ schema, root, path, value }: ShapeContext, reason: string): ShapeFinding {
  const written = value.written();
  const shown =
    value.kind === 'nothing'
      ? ', but nothing is written'
      : written === undefined
        ? ''
        : `, not ${quoted(written, nameOf(path))}`;
  const repaired =
    written === undefined || literalSecret(nameOf(path), written) !== undefined
      ? undefined
      : repair(schemasAt(schema, root, path), written);
  return {
    id: 'invalid-value',
    path,
    message: `${pathname(path)} ${reason}${written === '' && value.kind === 'text' ? '' : shown}`,
    ...(repaired === undefined ? {} : { suggestion: `write: ${repaired}` }),
  };
}

const nameOf = (path: Path): string => String(path.at(-1) ?? '');

function repair(schemas: readonly z.ZodType[], written: string): string | undefined {
  for (const schema of schemas) {
    const repaired = repairs.get(schema)?.repair(written);
    if (repaired !== undefined && schema.safeParse(repaired).success) {
      return repaired;
    }
  }
  return undefined;
}
