import type { Scalar } from 'yaml';

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
  const [quote = ''] = /^["']/.exec(source) ?? [];
  const inner = quote === '' ? source : source.slice(1, -1);
  const isVerbatim = inner === before && source.endsWith(quote) && !/["'\\\r\n]/.test(before + after);
  if (isVerbatim && quote !== '') {
    return quote + after + quote;
  }
  const staysPlain = isVerbatim && !isFlow && (after.startsWith(`${before},`) || scalarText(after) === after);
  return staysPlain ? after : JSON.stringify(after);
}
