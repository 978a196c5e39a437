/** Names that a list of alternatives shows. */
const maximumNames = 20;

/** `a`, `a or b`, `a, b or c`; of many the first, and how many there are beside them. */
export function oneOf(names: readonly string[]): string {
  const others = names.length - maximumNames;
  const shown = others > 0 ? [...names.slice(0, maximumNames), `${others} others`] : names;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}

/** `a, b`, or when there are more than `most`: `a, b and 3 more`. */
export const firstFew = (names: readonly string[], most: number): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');

/** Names in a message: `a`, `a and b`, `a, b and c`, `a, b and 7 others`. */
export function joinNames(all: Iterable<string>): string {
  const names = [...new Set(all)];
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const others = names.length - shown.length;
  const parts = others === 0 ? shown : [...shown, `${others} others`];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
