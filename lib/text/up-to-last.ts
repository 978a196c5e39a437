/**
 * The text up to the last of a character: a pattern that ends in it then never searches the rest of the text in vain,
 * which would take quadratic time.
 */
export const upToLast = (text: string, character: string): string => text.slice(0, text.lastIndexOf(character) + 1);
