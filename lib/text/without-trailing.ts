/**
 * The text without the characters of a set at its end. A pattern such as `/\/+$/` would take quadratic time where many
 * of them stand in the middle.
 */
export function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}
