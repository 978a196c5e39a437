/** Where a quoted text begins that ends at an offset without a closing quote. */
export function openingQuote(text: string, quote: string, end: number): number {
  for (let offset = text.lastIndexOf(quote, end - 1); offset >= 0; offset = text.lastIndexOf(quote, offset - 1)) {
    const before = text.charAt(offset - 1);
    if (quote === "'" && before === "'") {
      // '' stands for one quote inside the text.
      offset -= 1;
    } else if (before !== '\\') {
      return offset;
    }
    if (offset === 0) {
      break;
    }
  }
  return end;
}
