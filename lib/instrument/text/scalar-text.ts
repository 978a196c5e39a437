import { parse, type Scalar } from 'yaml';
import { textAt } from '../../yaml/value.ts';

/** Words and numbers that some reader of YAML takes for something else than text. */
const notText = /^(~|null|y|yes|n|no|on|off|true|false)$/i;

const plain = /^[A-Za-z/][\w./@-]*$|^[a-z][\w.+-]*:\/\/[\w./:@$()-]*[\w/)]$|^[A-Za-z][\w.]*=[\w.,=/@:$()-]*[\w/)]$/;

/** A text as a scalar: plain where no reader could take it for something else. */
export const scalarText = (value: string): string =>
  plain.test(value) && !notText.test(value) ? value : JSON.stringify(value);

/** Where the source of a scalar stands, without what a parser counts to it behind its last character. */
export function scalarRange(text: string, { range }: Scalar): readonly [start: number, end: number] | undefined {
  if (!range) {
    return undefined;
  }
  const [start, end] = range;
  return [start, start + text.slice(start, end).trimEnd().length];
}

/**
 * The source of a scalar that gets another value, in the quotes that it has.
 *
 * @param source as it is written
 * @param isFlow whether it stands in braces or brackets, where a comma ends plain text
 */
export function scalarWith(source: string, before: string, after: string, isFlow: boolean): string {
  if (/^[|>]/.test(source)) {
    return blockScalarWith(source, before, after) ?? JSON.stringify(after);
  }
  const [quote = ''] = /^["']/.exec(source) ?? [];
  const inner = quote === '' ? source : source.slice(1, -1);
  const isVerbatim = inner === before && source.endsWith(quote) && !/["'\\\r\n]/.test(before + after);
  if (isVerbatim && quote !== '') {
    return quote + after + quote;
  }
  const staysPlain = isVerbatim && !isFlow && (after.startsWith(`${before},`) || scalarText(after) === after);
  return staysPlain ? after : JSON.stringify(after);
}

/** A block scalar in which the pairs that differ are replaced; undefined where that gives another value. */
function blockScalarWith(source: string, before: string, after: string): string | undefined {
  const from = commonLength(before, after, (text, index) => text[index]);
  const start = before.lastIndexOf(',', from - 1) + 1;
  const until = commonLength(before.slice(start), after.slice(start), (text, index) => text.at(-1 - index));
  const former = before.slice(start, before.length - until);
  const place = former === '' ? source.trimEnd().length : source.indexOf(former);
  if (place < 0) {
    return undefined;
  }
  const changed =
    source.slice(0, place) + after.slice(start, after.length - until) + source.slice(place + former.length);
  const parsed: unknown = parse(`key: ${changed}`, { logLevel: 'silent' });
  return textAt(parsed, 'key') === after ? changed : undefined;
}

/** How many characters two texts share from one end. */
function commonLength(one: string, other: string, at: (text: string, index: number) => string | undefined): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && at(one, length) === at(other, length)) {
    length += 1;
  }
  return length;
}
