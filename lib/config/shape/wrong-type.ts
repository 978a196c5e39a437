import { holdsSecret } from '../../secrets/find-secrets.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import type { Located } from '../reading/located.ts';
import { keyOf, pathname } from './pathname.ts';
import type { ShapeContext, ShapeProblem } from './shape-problem.ts';

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
