import { holdsSecret } from '../../secrets/find-secrets.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import type { Located } from '../reading/located.ts';
import { repairFor } from '../schema/repairs.ts';
import { suggestKey } from './key-problems.ts';
import { keyOf, pathname } from './pathname.ts';
import { schemasAt } from './schema-at.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';

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

const expectedWords: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a mapping (KEY: VALUE lines)',
  record: 'a mapping (KEY: VALUE lines)',
  array: 'a list',
};

/** A list where a text belongs, and the like. */
export function wrongType({ path, value }: ShapeContext, expected: readonly string[]): ShapeProblem {
  const wanted = oneOf([...new Set(expected.map((type) => expectedWords[type] ?? type))]);
  return {
    id: 'wrong-type',
    path,
    message: `${pathname(path) || 'the file'}: expected ${wanted}, found ${found(value, expected)}`,
    suggestion: suggest(value, expected),
  };
}

function found(value: Located, expected: readonly string[]): string {
  const written = value.written() ?? '';
  switch (value.kind) {
    case 'mapping':
      return 'a mapping';
    case 'list':
      return 'a list';
    case 'text':
      // Policies alone are typed as YAML types them.
      return expected.includes('string')
        ? `${written} without quotes`
        : `the text ${quoted(written, keyOf(value.path))}`;
    default:
      return 'nothing';
  }
}

function suggest(value: Located, expected: readonly string[]): string {
  if (value.path.length === 0) {
    return 'write: a system, as in config/dataprime-demo.yaml';
  }
  if (value.kind === 'nothing') {
    return 'write what belongs under it, or remove it';
  }
  const [only, ...others] = value.kind === 'list' ? value.items().map((item) => item.written()) : [value.written()];
  if (only !== undefined && others.length === 0 && !holdsSecret(only, keyOf(value.path))) {
    if (expected.includes('string')) {
      return value.kind === 'list' ? `write: ${only}` : `write: "${only}"`;
    }
    if (expected.includes('array') && /^[\w.-]+$/.test(only)) {
      return `write: [${only}]`;
    }
  }
  return `write: ${forms.find(([type]) => expected.includes(type))?.[1] ?? '…'}`;
}

/** What each type looks like in YAML. */
const forms: readonly (readonly [string, string])[] = [
  ['string', 'one text'],
  ['array', '[…, …]'],
  ['object', '{ KEY: VALUE, … }'],
  ['record', '{ KEY: VALUE, … }'],
];
