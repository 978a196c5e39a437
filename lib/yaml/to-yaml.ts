import { Document, stringify, visit } from 'yaml';
import { inBlockStyle, usualScalar } from './block-style.ts';

const options = { version: '1.1', compat: 'core', aliasDuplicateObjects: false, merge: false } as const;

/**
 * Line breaks of YAML 1.1 that are none in 1.2, the byte order mark, and characters that no YAML file may hold: readers
 * in Go refuse the whole file.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const escaped = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Escapes that are shorter than the number of the character. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

const escapeOf = (character: string): string =>
  escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A scalar that YAML 1.1 alone gives a meaning of its own. */
const special = /(?:^|[:-] )=$/m;

/** A block whose first line is blank: `yaml` gives it no indentation indicator, so its spaces are read as indentation. */
const blankBlock = /[|>][-+]?\n +\n/;

const isBlankLines = (text: string): boolean => text.includes('\n') && text.trim() === '';

const needsQuotes = (text: string): boolean => text.search(escaped) >= 0 || text === '=' || isBlankLines(text);

/**
 * One YAML document in which text stays text for readers of YAML 1.1 (kubectl, helm) and of YAML 1.2 alike.
 * Lines are never folded, so that a change of one value is a change of one line; what occurs twice is written twice.
 */
export const toYaml = (value: unknown): string => inBlockStyle(value, rememberedScalar) ?? writtenByLibrary(value);

/** The same, slowly: what `toYaml` is measured by. */
export function writtenByLibrary(value: unknown): string {
  const text = stringify(value, { ...options, lineWidth: 0 });
  return text.search(escaped) >= 0 || special.test(text) || blankBlock.test(text) ? quoted(value) : text;
}

/** A text as it is written as a value of any mapping or list; undefined where that is more than one line, or not the same everywhere. */
export const inlineText = (text: string): string | undefined =>
  usualScalar(text) ?? (text.includes('\n') ? undefined : rememberedScalar(text, 'value', ''));

/** Scalars as the library writes them. Manifests repeat theirs. */
const remembered = new Map<string, string>();

const maximumRemembered = 10_000;

/** Lines that a document may take for its own end; how they are written depends on where they stand. */
const documentMark = /^(?:%|---|\.\.\.)/m;

function rememberedScalar(scalar: unknown, role: 'key' | 'value', indent: string): string | undefined {
  if (typeof scalar === 'number') {
    return writtenScalar(scalar, role, '');
  }
  if (typeof scalar !== 'string' || documentMark.test(scalar) || needsQuotes(scalar)) {
    return undefined;
  }
  const hasLines = scalar.includes('\n');
  if (hasLines && (role === 'key' || scalar.endsWith('\n\n'))) {
    return undefined;
  }
  // Lines are indented, and what is one line is the same everywhere.
  const within = hasLines ? indent : '';
  const known = `${role}${within}\0${scalar}`;
  const before = remembered.get(known);
  if (before !== undefined) {
    return before;
  }
  const text = writtenScalar(scalar, role, within);
  if (remembered.size >= maximumRemembered) {
    remembered.clear();
  }
  remembered.set(known, text);
  return text;
}

/** What the library writes for a scalar in a mapping that is indented so far. */
function writtenScalar(scalar: string | number, role: 'key' | 'value', indent: string): string {
  if (role === 'key') {
    return stringify({ [scalar]: 0 }, { ...options, lineWidth: 0 }).slice(0, -': 0\n'.length);
  }
  let value: unknown = scalar;
  let prefix = '';
  for (let depth = 0; depth <= indent.length; depth += 2) {
    value = { a: value };
    prefix += `${' '.repeat(depth)}a:${depth === indent.length ? ' ' : '\n'}`;
  }
  return stringify(value, { ...options, lineWidth: 0 }).slice(prefix.length, -1);
}

/** The same with what needs them in double quotes. Slower, and rarely needed. */
function quoted(value: unknown): string {
  const document = new Document(value, options);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && needsQuotes(node.value)) {
        node.type = 'QUOTE_DOUBLE';
      }
    },
  });
  return document.toString({ lineWidth: 0 }).replace(escaped, escapeOf);
}
