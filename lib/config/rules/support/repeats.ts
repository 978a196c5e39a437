import type { Located } from '../../reading/located.ts';

/** A value that has stood before. */
export interface Repeat {
  readonly value: Located;
  readonly text: string;
  /** Where it stood first. */
  readonly first: Located;
}

/**
 * Values whose text equals that of an earlier one.
 *
 * @param same what must be equal
 * @default same - the text itself
 */
export function repeats(values: readonly Located[], same: (text: string) => string = (text) => text): Repeat[] {
  const seen = new Map<string, Located>();
  return values.flatMap((value) => {
    const text = value.text();
    if (text === undefined) {
      return [];
    }
    const first = seen.get(same(text));
    if (first === undefined) {
      seen.set(same(text), value);
      return [];
    }
    return [{ value, text, first }];
  });
}
