/** Levels of objects and lists that a line may nest. */
const maximumLevels = 200;

/** Objects and lists of a whole file; a span has about six. */
const maximumCollections = 4_000_000;

/** Counts what JSON texts hold before they are read: deep ones exhaust the stack, large ones the memory. */
export class JsonLimits {
  private collections = 0;

  /** Why a JSON text is not read; undefined when it may be. */
  excess(json: string): string | undefined {
    let level = 0;
    for (let at = 0; at < json.length; at += 1) {
      switch (json.charAt(at)) {
        case '"':
          at = endOfText(json, at);
          break;
        case '{':
        case '[':
          level += 1;
          this.collections += 1;
          if (level > maximumLevels) {
            return `nests deeper than ${maximumLevels} levels`;
          }
          break;
        case '}':
        case ']':
          level -= 1;
          break;
      }
    }
    return this.collections > maximumCollections
      ? `holds more than ${maximumCollections} objects and lists`
      : undefined;
  }
}

/** Where the quote stands that ends a text; behind the last character when none does. */
function endOfText(json: string, begin: number): number {
  for (let at = json.indexOf('"', begin + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (json.charAt(at - 1 - backslashes) === '\\') {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return at;
    }
  }
  return json.length;
}
