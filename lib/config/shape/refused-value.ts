import { holdsSecret } from '../../secrets/find-secrets.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import { suggestKey } from './missing-key.ts';
import { keyOf, pathname } from './pathname.ts';
import { repairFor } from './repair.ts';
import { schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';
import { wrongType } from './wrong-type.ts';

/** None of a fixed set of words. */
export function unknownOption(context: ShapeContext, options: readonly string[]): ShapeProblem {
  const { path, value } = context;
  const written = value.written();
  if (written === undefined) {
    return wrongType(context, ['string']);
  }
  return {
    id: 'invalid-value',
    path,
    message: `${pathname(path)} must be ${oneOf(options)}, not ${quoted(written, keyOf(path))}`,
    suggestion: `write: ${didYouMean(written, options) ?? oneOf(options)}`,
  };
}

/** A value of the wrong form. `reason` begins with "must …". */
export function refusedValue(context: ShapeContext, reason: string): ShapeProblem {
  const { path, value } = context;
  const form = /^must be (.*)$/.exec(reason)?.[1];
  const otherwise = value.kind === 'nothing' || form === undefined ? suggestKey(context) : `write: ${form}`;
  return {
    id: 'invalid-value',
    path,
    message: `${pathname(path)} ${reason}${butFound(context)}`,
    suggestion: repair(context) ?? otherwise,
  };
}

function butFound({ path, value }: ShapeContext): string {
  const written = value.written();
  if (value.kind === 'nothing') {
    return ', but nothing is written';
  }
  return written === undefined || written === '' ? '' : `, not ${quoted(written, keyOf(path))}`;
}

function repair({ schema, root, path, value }: ShapeContext): string | undefined {
  const written = value.written();
  if (written === undefined || holdsSecret(written, keyOf(path))) {
    return undefined;
  }
  const repaired = schemasAt(schema, root, path).map((candidate) => repairFor(candidate, written));
  const text = repaired.find((candidate) => candidate !== undefined);
  return text === undefined ? undefined : `write: ${text}`;
}
