/** Names in a message: `a`, `a and b`, `a, b and c`, `a, b and 7 others`. */
export function titles(all: Iterable<string>): string {
  const names = [...new Set(all)];
  const shown = names.length > 3 ? names.slice(0, 2) : names;
  const others = names.length - shown.length;
  const parts = others === 0 ? shown : [...shown, `${others} others`];
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
