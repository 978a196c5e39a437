/** More values than any document has, once every alias is replaced by what it stands for. */
const limit = 1_000_000;

/**
 * What is wrong with the aliases of a document: one that stands inside of what it stands for, or so many in each other
 * that no reader would follow them all.
 */
export function aliasFault(value: unknown): string | undefined {
  const sizes = new Map<object, number>();
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) {
      return 1;
    }
    const known = sizes.get(node);
    if (known !== undefined) {
      return known;
    }
    // Whoever meets it before it is done stands inside of it.
    sizes.set(node, Number.POSITIVE_INFINITY);
    const size = Object.values(node).reduce((sum: number, child) => sum + sizeOf(child), 1);
    sizes.set(node, size);
    return size;
  };
  const size = sizeOf(value);
  if (size === Number.POSITIVE_INFINITY) {
    return 'an alias stands inside of what it stands for';
  }
  return size > limit ? 'aliases stand for more values than anything reads' : undefined;
}
